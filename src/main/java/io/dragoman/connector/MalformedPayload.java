// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** An authentic request that does not say what its provider's documentation promises. The message holds no content. */
public final class MalformedPayload extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedPayload(String message) {
        super(message);
    }
}
