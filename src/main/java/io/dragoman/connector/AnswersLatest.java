// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/**
 * A channel where an answer has its place below one message. An agent's answer that names none is given as one to the
 * customer's latest.
 */
public interface AnswersLatest {

    /** Whether it is so at this address of a conversation. */
    boolean answersLatest(String address);
}
