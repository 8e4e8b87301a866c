// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** A request that is authentic. Only {@link Signature} makes one, so that nothing unchecked can be read. */
public final class Verified {
    private final Request request;

    Verified(Request request) {
        this.request = request;
    }

    public Request request() {
        return request;
    }
}
