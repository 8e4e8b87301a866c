// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

/** Writes automatic replies, or says why one is suppressed. */
@FunctionalInterface
public interface ReplyWriter {
    /**
     * Writes one in the customer's language.
     *
     * @param rule the name of the rule that asked for it
     * @param reply its name in {@code replies.yaml}
     */
    SendReply write(String rule, String reply);
}
