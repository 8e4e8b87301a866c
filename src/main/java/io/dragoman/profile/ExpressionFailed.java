// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

/** An expression that gave no value it may give. The message names its place in the profile and holds no content. */
public final class ExpressionFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public ExpressionFailed(String message) {
        super(message, null, false, false);
    }
}
