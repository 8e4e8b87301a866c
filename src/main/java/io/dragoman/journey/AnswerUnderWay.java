// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

/**
 * The business wrote in a conversation to which we are sending a message whose id is not known yet, and it may be that
 * message: nothing was done, and it is tried again a little later.
 */
final class AnswerUnderWay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerUnderWay() {
        super("a message to this conversation is being sent whose id is not known yet", null, false, false);
    }
}
