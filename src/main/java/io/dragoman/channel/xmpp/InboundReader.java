// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a stored message: what a customer wrote or did, or what another program of ours wrote. */
final class InboundReader {
    private final Account account;
    private final Envelope envelope;
    private final XmlElement message;
    private final Instant at;
    private final String from;

    private InboundReader(Account account, Envelope envelope, Instant receivedAt) throws MalformedPayload {
        this.account = account;
        this.envelope = envelope;
        message = XmlElement.parse(envelope.xml());
        at = envelope.time(receivedAt);
        from = Jids.bare(message.attribute("from"))
                .orElseThrow(() -> new MalformedPayload("the message is from no XMPP address"));
    }

    static List<CustomerEvent> read(Account account, Request request) throws MalformedPayload {
        return new InboundReader(account, Envelope.read(request), request.receivedAt()).events();
    }

    private List<CustomerEvent> events() throws MalformedPayload {
        if (MessageFilter.isInRoom(message)) {
            return List.of(inRoom());
        } else if (from.equals(envelope.us())) {
            return List.of(echo());
        } else if ("error".equals(message.attribute("type"))) {
            return List.of(bounced());
        }
        if (XmppSettings.rooms(account).contains(from)) {
            return List.of(new Ignored(
                    envelope.key(), at, "room.private", "it is for us alone in a room, where nobody is known"));
        }
        List<CustomerEvent> events = new ArrayList<>();
        receipts(events);
        reaction().ifPresent(events::add);
        deletion().ifPresent(events::add);
        if (events.isEmpty()) {
            events.add(written());
        }
        return events;
    }

    private CustomerEvent written() {
        List<io.dragoman.model.Part> parts = MessageContent.of(message, account);
        if (parts.isEmpty()) {
            return new Ignored(envelope.key(), at, "message.empty", "it has no text and no file");
        }
        Optional<String> corrected = named(Names.CORRECT, "replace");
        if (corrected.isPresent()) {
            return new MessageEdited(envelope.key(), from, at, ExternalId.of(from, corrected.get()), parts);
        }
        return new MessageReceived(
                envelope.key(),
                at,
                sender(from, nick()),
                ExternalId.of(from, stanzaId()),
                parts,
                named(Names.REPLY, "reply").map(id -> ExternalId.of(from, id)).orElse(null),
                Threading.NONE,
                from.contains("@") ? null : "a server wrote it",
                null,
                null);
    }

    /**
     * A room is one conversation, whoever writes. A nickname proves nothing, so that nobody changes or takes back there
     * what stands under it: a correction is a message.
     */
    private CustomerEvent inRoom() {
        String nick = Jids.resource(message.attribute("from"));
        if (nick.isEmpty()) {
            return new Ignored(envelope.key(), at, "room.notice", "the room says it about itself");
        }
        Optional<CustomerEvent> reaction = reaction();
        if (reaction.isPresent()) {
            return reaction.get();
        }
        if (message.has(Names.RETRACT, "retract") || message.has(Names.FASTEN, "apply-to")) {
            return new Ignored(envelope.key(), at, "room.retract", "whose message it takes back is not proved");
        }
        List<io.dragoman.model.Part> parts = MessageContent.of(message, account);
        if (parts.isEmpty()) {
            return new Ignored(envelope.key(), at, "message.empty", "it has no text and no file");
        }
        return new MessageReceived(
                envelope.key(),
                at,
                new Sender(from, List.of(new Identity("xmpp-nick", from + "/" + nick, false)), nick, null),
                ExternalId.of(from, Envelope.idInRoom(message)),
                parts,
                named(Names.REPLY, "reply").map(id -> ExternalId.of(from, id)).orElse(null),
                new Threading(from, null, List.of(), null),
                null,
                null,
                null);
    }

    private CustomerEvent echo() throws MalformedPayload {
        String to = Jids.bare(message.attribute("to"))
                .orElseThrow(() -> new MalformedPayload("the message is to no XMPP address"));
        List<io.dragoman.model.Part> parts = MessageContent.of(message, account);
        if (parts.isEmpty() || message.has(Names.CORRECT, "replace")) {
            return new Ignored(envelope.key(), at, "message.own", "it changes what another program of ours wrote");
        }
        return new MessageEchoed(
                envelope.key(),
                at,
                sender(to, null),
                ExternalId.of(to, stanzaId()),
                parts,
                Threading.NONE,
                named(Names.REPLY, "reply").map(id -> ExternalId.of(to, id)).orElse(null));
    }

    /** What came back is from whom it went to. */
    private CustomerEvent bounced() {
        String id = message.attribute("id");
        return id == null
                ? new Ignored(envelope.key(), at, "error", "it names no message")
                : new Receipt(
                        envelope.key(),
                        from,
                        at,
                        ExternalId.of(from, id),
                        Status.FAILED,
                        ErrorTable.reason(message),
                        ErrorTable.detail(message));
    }

    private void receipts(List<CustomerEvent> events) {
        named(Names.RECEIPTS, "received").ifPresent(id -> events.add(receipt("", id, Status.DELIVERED)));
        named(Names.MARKERS, "received")
                .ifPresent(id -> events.add(receipt(events.isEmpty() ? "" : "|received", id, Status.DELIVERED)));
        named(Names.MARKERS, "displayed")
                .or(() -> named(Names.MARKERS, "acknowledged"))
                .ifPresent(id -> events.add(receipt(events.isEmpty() ? "" : "|displayed", id, Status.READ)));
    }

    private CustomerEvent receipt(String suffix, String id, Status status) {
        return new Receipt(envelope.key() + suffix, from, at, ExternalId.of(from, id), status, null, null);
    }

    /** All that a person reacts with at once (XEP-0444, 3): none takes all back. */
    private Optional<CustomerEvent> reaction() {
        return message.child(Names.REACTIONS, "reactions").flatMap(all -> Optional.ofNullable(all.attribute("id"))
                .map(id -> new Reaction(
                        envelope.key(),
                        from,
                        at,
                        ExternalId.of(from, id),
                        all.children(Names.REACTIONS, "reaction")
                                .map(one -> one.text().strip())
                                .distinct()
                                .limit(10)
                                .collect(Collectors.joining(" ")))));
    }

    private Optional<CustomerEvent> deletion() {
        return named(Names.RETRACT, "retract")
                .or(() -> message.child(Names.FASTEN, "apply-to")
                        .filter(fastened -> fastened.has(Names.RETRACT_BEFORE, "retract"))
                        .flatMap(fastened -> Optional.ofNullable(fastened.attribute("id"))))
                .map(id -> new MessageDeleted(envelope.key(), from, at, ExternalId.of(from, id)));
    }

    private Optional<String> named(String namespace, String name) {
        return message.child(namespace, name).flatMap(child -> Optional.ofNullable(child.attribute("id")));
    }

    /** What others name it by; a sender that gives no id can name none. */
    private String stanzaId() {
        String id = message.attribute("id");
        return id == null ? envelope.key() : id;
    }

    private @Nullable String nick() {
        return message.child(Names.NICK, "nick")
                .map(nick -> nick.text().strip())
                .filter(nick -> !nick.isEmpty() && nick.length() <= 200)
                .orElse(null);
    }

    private Sender sender(String address, @Nullable String name) {
        return person(address, name);
    }

    static Sender person(String address, @Nullable String name) {
        return new Sender(address, List.of(new Identity("xmpp", address, true)), name, null);
    }
}
