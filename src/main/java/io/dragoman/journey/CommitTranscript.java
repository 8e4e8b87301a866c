// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.journey.CommitMessage.Explanation;
import io.dragoman.model.Contact;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.TranscriptRequested;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the mail with what was said in a chat, for a customer who asked for it. Only a chat that an agent has answered is mailed: the address is
 * what a visitor typed, and nobody shall make us mail their own words to strangers.
 */
public final class CommitTranscript {
    private static final int MOST = 500;

    private final ChatMail mail;

    public CommitTranscript(ConnectorRegistry registry, Outgoing outgoing, Supplier<String> ids) {
        this.mail = new ChatMail(registry, outgoing, ids);
    }

    Ended apply(Tx tx, Events.Stored stored, TranscriptRequested event, long now) {
        Optional<Contact> customer = tx.contacts().byIdentity(stored.source(), event.identities());
        Optional<Versioned> chat =
                customer.flatMap(contact -> tx.conversations().latest(stored.source(), Converse.threadOf(contact)));
        if (customer.isEmpty() || chat.isEmpty()) {
            return Ended.ignored("unknown-chat", "whoever asked for a transcript has no conversation");
        }
        String id = chat.get().conversation().id();
        List<Message> messages = tx.messages().of(id, 0, MOST);
        if (messages.stream().noneMatch(one -> one.author().kind() == Message.Author.Kind.AGENT)) {
            return Ended.ignored(
                    "unanswered-chat", "no agent has answered the chat of which a transcript was asked for");
        }
        Optional<ConfiguredAccount> channel = mail.channel(event.via());
        if (channel.isEmpty()) {
            return Ended.dead("transcriptBy of the channel " + stored.source() + " names " + event.via()
                    + ", which is no channel of kind email. Correct it, then: ./dragoman dead replay");
        }
        try {
            Sender to = ChatMail.recipient(channel.get(), event.to());
            String text = TranscriptText.of(messages, event.business(), event.customer());
            ChatMail.Draft draft = new ChatMail.Draft(stored.id(), stored.id(), "transcript", event.subject(), text);
            if (!mail.write(tx, channel.get(), to, draft, now)) {
                return Ended.ignored("opted-out", "the address for the transcript wants no mail of this channel");
            }
        } catch (MalformedPayload e) {
            return Ended.ignored("no-address", "the address for the transcript " + e.getMessage());
        }
        String why = "the customer asked for a transcript of conversation " + id;
        tx.messages().decision(stored.id(), Json.write(new Explanation(why, null)));
        return Ended.DONE;
    }
}
