// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

/** An expression that gave no value it may give. The message names its place in the profile and holds no content. */
final class ExpressionFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressionFailed(String message) {
        super(message, null, false, false);
    }
}
