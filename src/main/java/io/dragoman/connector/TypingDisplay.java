// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import java.time.Instant;

/** A desk that can show its agents that a customer is typing. */
public interface TypingDisplay {

    /** Whether this account does. */
    boolean showsTyping(Account account);

    /** Tells it: exactly one attempt, and soon, for nothing of it is repeated whatever comes of it. */
    Outcome showTyping(Account account, TypingNotice notice, Transport transport);

    /**
     * What is told.
     *
     * @param key new for each
     */
    record TypingNotice(String key, Instant timestamp, Conversation conversation, Contact contact, boolean typing) {
        @Override
        public String toString() {
            return "TypingNotice[" + key + "]";
        }
    }
}
