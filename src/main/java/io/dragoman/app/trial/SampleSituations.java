// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.trial;

import io.dragoman.connector.Account;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.rules.facts.Situation;
import java.time.Instant;
import java.util.List;

/** Situations that are only thought of: nothing of them is stored. */
final class SampleSituations {
    private SampleSituations() {}

    /**
     * Somebody who never wrote before sends this message.
     *
     * @param desk where conversations go unless a rule says otherwise
     */
    static Situation first(Account account, String desk, MessageReceived message, Instant now) {
        Conversation conversation = new ConversationBuilder(
                        "imagined",
                        account.id(),
                        account.kind(),
                        "imagined",
                        message.sender().address(),
                        now)
                .subject(message.threading().subject())
                .language(message.sender().language())
                .desk(desk)
                .build();
        Contact contact = new Contact(
                "imagined",
                message.sender().name(),
                message.sender().language(),
                message.sender().identities(),
                List.of());
        return new Situation(message, conversation, contact, true, Situation.Tally.NONE, now);
    }
}
