// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes a mail about a chat. It is a closed conversation of the mail channel and no desk's, so that nobody has work with
 * it; a reply to it opens it, as any.
 */
final class ChatMail {
    private final ConnectorRegistry registry;
    private final Outgoing outgoing;
    private final Supplier<String> ids;

    ChatMail(ConnectorRegistry registry, Outgoing outgoing, Supplier<String> ids) {
        this.registry = registry;
        this.outgoing = outgoing;
        this.ids = ids;
    }

    /**
     * What is written.
     *
     * @param event what caused it
     * @param message the id that it gets
     * @param author the word for what wrote it
     */
    record Draft(String event, String message, String author, String subject, String text) {
        @Override
        public String toString() {
            return "Draft[" + message + "]";
        }
    }

    /** The channel of this id, where it sends mail. */
    Optional<ConfiguredAccount> channel(String id) {
        return registry.find(id).filter(mail -> mail.connector() instanceof WritesFirst first && first.hasSubjects());
    }

    static Sender recipient(ConfiguredAccount mail, String address) throws MalformedPayload {
        return ((WritesFirst) mail.connector()).recipient(mail.account(), address);
    }

    /** Queues it; false when the address wants no mail of the channel. */
    boolean write(Tx tx, ConfiguredAccount mail, Sender to, Draft draft, long now) {
        String channel = mail.account().id();
        Optional<Contact> known = tx.contacts().byIdentity(channel, to.identities());
        Contact contact = known.orElseGet(() -> new Contact(ids.get(), null, null, to.identities(), List.of()));
        if (known.isEmpty()) {
            tx.contacts().insert(channel, contact, now);
        } else if (tx.contacts().optedOut(channel, contact.id())) {
            return false;
        }
        Instant at = Instant.ofEpochMilli(now);
        Conversation thread = new ConversationBuilder(
                        ids.get(), channel, mail.account().kind(), contact.id(), to.address(), at)
                .subject(draft.subject())
                .status(Conversation.State.CLOSED)
                .build();
        tx.conversations().insert(thread, thread.id());
        Message message = Message.queued(
                draft.message(),
                tx.conversations().nextPlace(thread.id(), null),
                new Message.Author(Message.Author.Kind.RULE, draft.author()),
                at,
                at,
                List.of(new Part.Text(draft.text())));
        tx.messages().insert(message);
        outgoing.message(tx, draft.event(), message, thread, now);
        return true;
    }
}
