// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A channel whose customers may be gone when an agent answers: what they have not read after a time is mailed to them. */
public interface MailsUnread {
    /** The longest time after which it can be mailed. */
    Duration LONGEST = Duration.ofDays(1);

    /** Whether an account does, and how; empty for not. */
    Optional<Plan> mailsUnread(Account account);

    /**
     * What goes before the answers, and where; empty where the customer gave no address. Pure.
     *
     * @param told the parts of the customer's messages, the latest message first
     */
    Optional<Letter> letter(Account account, List<Part> told);

    /**
     * How.
     *
     * @param via the id of the channel that sends the mail
     * @param after how long after an answer
     */
    record Plan(String via, Duration after) {}

    /**
     * What a mail is made with.
     *
     * @param to the mail address
     * @param business who an agent without a name is in it
     */
    record Letter(String to, String subject, String introduction, String business) {
        @Override
        public String toString() {
            return "Letter[…]";
        }
    }
}
