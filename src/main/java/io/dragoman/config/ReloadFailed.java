// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

/** A changed configuration could not be brought into force, and the old one is active again; the message says why. */
public final class ReloadFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReloadFailed(String message) {
        super(message, null, false, false);
    }
}
