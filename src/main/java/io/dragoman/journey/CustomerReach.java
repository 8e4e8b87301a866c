// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ClosedWindow;
import io.dragoman.connector.ClosedWindow.Then;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends an agent's answer: by the conversation's channel, or as that says for when its reply window is closed. */
final class CustomerReach {
    /** Whose message a template is that asks the customer to write. */
    private static final String AUTHOR = "closedWindow";

    private final ConnectorRegistry registry;
    private final Outgoing outgoing;
    private final Supplier<String> ids;

    CustomerReach(ConnectorRegistry registry, Outgoing outgoing, Supplier<String> ids) {
        this.registry = registry;
        this.outgoing = outgoing;
        this.ids = ids;
    }

    void send(Tx tx, String event, Message message, Conversation conversation, long now) {
        if (!conversation.isReplyClosed(Instant.ofEpochMilli(now))) {
            outgoing.message(tx, event, message, conversation, now);
        } else if (message.parts().stream().anyMatch(Part.Template.class::isInstance)) {
            outgoing.aside(
                    tx, event, message, conversation, now); // what is held does not hold up what opens the window
        } else {
            closed(tx, event, message, conversation, now);
        }
    }

    private void closed(Tx tx, String event, Message message, Conversation conversation, long now) {
        ClosedWindow window = registry.find(conversation.channel())
                .map(channel -> ClosedWindow.of(channel.account()))
                .orElse(ClosedWindow.REFUSED);
        Optional<Elsewhere> other =
                window.then() == Then.FALLBACK ? elsewhere(tx, window, conversation, now) : Optional.empty();
        if (other.isPresent()) {
            outgoing.elsewhere(tx, event, message, conversation, other.get(), now);
            tell(tx, event, message, conversation, "it goes by " + other.get().channel(), now);
            return;
        }
        if (window.then() == Then.TEMPLATE) {
            window.template().ifPresent(template -> ask(tx, event, template, conversation, now));
        }
        outgoing.message(tx, event, message, conversation, now);
        if (window.holds()) {
            tell(tx, event, message, conversation, "it waits until the customer writes", now);
        }
    }

    /** Once in each closed window. */
    private void ask(Tx tx, String event, Part.Template template, Conversation conversation, long now) {
        if (tx.messages().wroteSince(conversation.id(), Message.Author.Kind.RULE, AUTHOR)) {
            return;
        }
        Message message = Message.queued(
                ids.get(),
                tx.conversations().nextPlace(conversation.id(), null),
                new Message.Author(Message.Author.Kind.RULE, AUTHOR),
                Instant.ofEpochMilli(now),
                Instant.ofEpochMilli(now),
                List.of(template));
        tx.messages().insert(message);
        outgoing.aside(tx, event, message, conversation, now);
    }

    private void tell(Tx tx, String event, Message message, Conversation conversation, String what, long now) {
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        outgoing.notice(
                tx,
                event,
                event + ":window",
                Outgoing.notice(
                        DeskNotice.Type.DELIVERY_UPDATED,
                        now,
                        conversation,
                        contact,
                        message,
                        null,
                        "The channel's reply window is closed: " + what + "."),
                now);
    }

    /**
     * Where the customer is reached instead.
     *
     * @param notBefore the end of quiet hours, or now
     */
    record Elsewhere(String channel, String address, long notBefore) {
        @Override
        public String toString() {
            return "Elsewhere[" + channel + "]";
        }
    }

    private Optional<Elsewhere> elsewhere(Tx tx, ClosedWindow window, Conversation conversation, long now) {
        Optional<ConfiguredAccount> channel = window.fallback()
                .flatMap(id -> Optional.ofNullable(registry.now().channels().get(id)));
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        boolean agreed = window.consent().isEmpty()
                || contact.tags().contains(window.consent().get());
        if (channel.isEmpty() || !agreed) {
            return Optional.empty();
        }
        String id = channel.get().account().id();
        Instant at = Instant.ofEpochMilli(now);
        long notBefore = window.quiet().map(quiet -> quiet.next(at)).orElse(at).toEpochMilli();
        return address(tx, channel.get(), contact)
                .filter(address -> !tx.contacts().optedOut(id, contact.id()))
                .map(address -> new Elsewhere(id, address, notBefore));
    }

    /** Where they wrote from last on that channel, or a number that another channel vouches for. */
    private static Optional<String> address(Tx tx, ConfiguredAccount channel, Contact contact) {
        String id = channel.account().id();
        Optional<String> known = tx.conversations().addressOf(contact.id(), id);
        if (known.isPresent() || !(channel.connector() instanceof WritesFirst first)) {
            return known;
        }
        return contact.identities().stream()
                .filter(identity -> identity.verified() && identity.type().equals(Identity.PHONE))
                .flatMap(identity -> recipient(first, channel, identity).stream())
                .filter(person -> isTheirs(tx, id, contact, person))
                .map(Sender::address)
                .findFirst();
    }

    private static Optional<Sender> recipient(WritesFirst first, ConfiguredAccount channel, Identity identity) {
        try {
            return Optional.of(first.recipient(channel.account(), identity.value()));
        } catch (MalformedPayload e) {
            return Optional.empty(); // nothing can be sent to this one
        }
    }

    /** So that the customer's answer comes from the same contact; somebody else who holds it is not written to. */
    private static boolean isTheirs(Tx tx, String channel, Contact contact, Sender person) {
        Optional<Contact> holder = tx.contacts().byIdentity(channel, person.identities());
        if (holder.isPresent()) {
            return holder.get().id().equals(contact.id());
        }
        person.identities().forEach(identity -> tx.contacts().addIdentity(channel, contact.id(), identity));
        return true;
    }
}
