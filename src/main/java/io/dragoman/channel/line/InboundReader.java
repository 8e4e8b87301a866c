// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a webhook: any number of events of different people, each of which stands for itself. */
final class InboundReader {
    private static final String MEMBERS = "it says who is in a group, which is nothing to answer";
    private static final String ACCOUNT = "it is about the account, not a customer";

    /** What is known and nothing is done about; LINE's own names of the types. */
    private static final Map<String, String> IGNORED = Map.ofEntries(
            Map.entry("join", MEMBERS),
            Map.entry("leave", MEMBERS),
            Map.entry("memberJoined", MEMBERS),
            Map.entry("memberLeft", MEMBERS),
            Map.entry("accountLink", "it links an account of the business's own site"),
            Map.entry("beacon", "somebody came near a beacon, and has written nothing"),
            Map.entry("videoPlayComplete", "a film was seen to its end"),
            Map.entry("membership", "it is about a paid membership"),
            Map.entry("delivery", "it is about a notification by phone number, which is not sent from here"),
            Map.entry("module", ACCOUNT),
            Map.entry("activated", ACCOUNT),
            Map.entry("deactivated", ACCOUNT),
            Map.entry("botSuspended", ACCOUNT),
            Map.entry("botResumed", ACCOUNT));

    private final Instant now;

    private InboundReader(Instant now) {
        this.now = now;
    }

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        JsonFields root = JsonFields.of(request.body());
        if (!root.node().path("events").isArray()) {
            throw new MalformedPayload("events must be an array");
        }
        List<CustomerEvent> events = new ArrayList<>();
        List<MalformedPayload> odd = new ArrayList<>();
        for (JsonFields element : root.each("events")) { // none at all is how LINE tries the address
            try {
                events.add(new InboundReader(request.receivedAt()).event(element));
            } catch (MalformedPayload e) {
                odd.add(e);
            }
        }
        if (!odd.isEmpty()) {
            String first = String.valueOf(odd.get(0).getMessage());
            throw new MalformedPayload(
                    odd.size() + " of " + (odd.size() + events.size()) + " events: " + first, events);
        }
        return events;
    }

    private CustomerEvent event(JsonFields event) throws MalformedPayload {
        String key = event.text("webhookEventId");
        String type = event.text("type");
        Instant at = event.time("timestamp", now);
        return switch (type) {
            case "message" -> message(event, key, at);
            case "postback" -> received(event, key, at, key, MessageParts.picked(event.object("postback")), null);
            case "unsend" ->
                new MessageDeleted(
                        key, sender(event).address(), at, event.object("unsend").text("messageId"));
            case "follow" -> consent(event, key, at, Consent.OPTED_IN);
            case "unfollow" -> consent(event, key, at, Consent.OPTED_OUT);
            default ->
                new Ignored(
                        key,
                        at,
                        "event." + Ignored.word(type),
                        IGNORED.getOrDefault(type, "this version does not know what it is"));
        };
    }

    private static CustomerEvent message(JsonFields event, String key, Instant at) throws MalformedPayload {
        JsonFields message = event.object("message");
        return received(event, key, at, message.text("id"), MessageParts.of(message), message.word("quotedMessageId"));
    }

    private static CustomerEvent received(
            JsonFields event, String key, Instant at, String id, List<Part> parts, @Nullable String replyTo)
            throws MalformedPayload {
        CustomerEvent.Sender sender = sender(event);
        boolean alone = sender.address().equals(event.object("source").word("userId"));
        boolean standby = "standby".equals(event.word("mode"));
        return new MessageReceived(
                key,
                at,
                sender,
                id,
                parts,
                replyTo,
                alone ? Threading.NONE : new Threading(sender.address(), null, List.of(), null),
                standby ? "another module of the account answers this customer" : null,
                null,
                null);
    }

    private static CustomerEvent consent(JsonFields event, String key, Instant at, Consent consent)
            throws MalformedPayload {
        CustomerEvent.Sender sender = sender(event);
        return new ConsentChanged(key, sender.address(), at, sender.identities(), consent);
    }

    /** An answer goes to the group or room; LINE may keep to itself who of its members wrote. */
    private static CustomerEvent.Sender sender(JsonFields event) throws MalformedPayload {
        JsonFields source = event.object("source");
        String address = source.findText("groupId")
                .or(() -> Optional.ofNullable(source.word("roomId")))
                .or(() -> Optional.ofNullable(source.word("userId")))
                .filter(id -> !id.isBlank())
                .orElseThrow(() -> new MalformedPayload(source.at("userId") + " is missing"));
        String person = source.word("userId");
        Identity identity = new Identity("line", person == null ? address : person, true);
        return new CustomerEvent.Sender(address, List.of(identity), null, null);
    }
}
