// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.answer.AnswerOptions;
import io.dragoman.rules.answer.AnswerOutcome;

/** Writes automatic replies, or says why one is suppressed. */
public interface ReplyWriter {
    /**
     * Writes one in the customer's language.
     *
     * @param rule the name of the rule that asked for it
     * @param reply its name in {@code replies.yaml}
     */
    SendReply write(String rule, String reply);

    /**
     * Asks a poll in the customer's language, or says why not.
     *
     * @param poll its name in {@code polls.yaml}
     */
    AskPoll ask(String rule, String poll);

    /** Answers from the FAQ, or says why not. */
    AnswerOutcome answer(String rule, AnswerOptions options);
}
