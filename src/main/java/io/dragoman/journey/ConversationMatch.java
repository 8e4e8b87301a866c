// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.rules.facts.Situation.Tally;
import io.dragoman.store.Tx;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a message belongs.
 *
 * @param newContact whether the contact is to be added
 * @param thread tells the conversation from the other open ones of its channel
 * @param version of the stored conversation; null when it is to be added
 * @param why how the conversation was found, for the explanation
 * @param replyTo our id of the message that it answers
 */
public record ConversationMatch(
        Contact contact,
        boolean newContact,
        Conversation conversation,
        String thread,
        @Nullable Long version,
        String why,
        Tally tally,
        @Nullable String replyTo) {
    /** Whether the message begins the conversation. */
    public boolean first() {
        return version == null;
    }

    /** Writes the conversation, new or changed, and takes the message's place in it. */
    Message.Place write(Tx tx, Conversation changed) {
        if (version != null) {
            return tx.conversations().update(changed, version, replyTo);
        }
        tx.conversations().insert(changed, thread);
        return tx.conversations().nextPlace(changed.id(), replyTo);
    }

    /** The same with one more thing to explain. */
    ConversationMatch with(String explanation) {
        return new ConversationMatch(
                contact, newContact, conversation, thread, version, why + "; " + explanation, tally, replyTo);
    }

    /** The same with what is known of the contact by now, and how it came. */
    ConversationMatch knowing(LookUps.Result result) {
        String all = why + "; " + String.join("; ", result.outcomes());
        return new ConversationMatch(result.contact(), newContact, conversation, thread, version, all, tally, replyTo);
    }

    ConversationMatch tagged(Set<String> tags) {
        return new ConversationMatch(
                contact, newContact, conversation.change().tags(tags).build(), thread, version, why, tally, replyTo);
    }
}
