// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

/** A check that says nothing about a connector; the message is the reason. */
public final class NotApplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotApplicable(String reason) {
        super(reason);
    }
}
