// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.viber;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a webhook, which tells one event. */
final class InboundReader {
    private static final Map<String, String> IGNORED = Map.of(
            "webhook", "it is how Viber tries the address",
            "conversation_started", "somebody opened the chat, and has written nothing yet",
            "client_status", "it is about a device, not a message",
            "action", "it is about a button that opens something");

    private InboundReader() {}

    static CustomerEvent read(Request request) throws MalformedPayload {
        JsonFields event = JsonFields.of(request.body());
        String type = event.text("event");
        Instant at = event.time("timestamp", request.receivedAt());
        String token = event.word("message_token"); // 64 bits: never a double
        if (token == null || !token.matches("\\d{1,20}")) {
            throw new MalformedPayload("message_token must be a whole number");
        }
        return switch (type) {
            case "message" -> message(event, token, at);
            case "delivered" -> receipt(event, token, at, type, Status.DELIVERED);
            case "seen" -> receipt(event, token, at, type, Status.READ);
            case "failed" -> receipt(event, token, at, type, Status.FAILED);
            case "subscribed" -> consent(event, token, at, event.object("user").text("id"), Consent.OPTED_IN);
            case "unsubscribed" -> consent(event, token, at, event.text("user_id"), Consent.OPTED_OUT);
            default ->
                new Ignored(
                        token + "|" + Ignored.word(type),
                        at,
                        "event." + Ignored.word(type),
                        IGNORED.getOrDefault(type, "this version does not know what it is"));
        };
    }

    private static CustomerEvent message(JsonFields event, String token, Instant at) throws MalformedPayload {
        JsonFields person = event.object("sender");
        String id = person.text("id");
        CustomerEvent.Sender sender =
                new CustomerEvent.Sender(id, List.of(identity(id)), person.word("name"), language(person));
        return MessageReceived.of(token, at, sender, token, MessageContent.of(event.object("message")), null);
    }

    private static @Nullable String language(JsonFields person) {
        String tag = person.word("language");
        return tag != null && tag.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}") ? tag : null;
    }

    private static Identity identity(String id) {
        return new Identity("viber", id, true);
    }

    /** With several devices the same is told more than once, by one key. What {@code desc} says may be content. */
    private static CustomerEvent receipt(JsonFields event, String token, Instant at, String type, Status status)
            throws MalformedPayload {
        boolean failed = status == Status.FAILED;
        return new Receipt(
                token + "|" + type,
                event.text("user_id"),
                at,
                token,
                status,
                failed ? Reason.CONTENT_REFUSED : null,
                failed ? "the customer's Viber did not take the message" : null);
    }

    private static CustomerEvent consent(JsonFields event, String token, Instant at, String id, Consent consent)
            throws MalformedPayload {
        return new ConsentChanged(token + "|" + event.text("event"), id, at, List.of(identity(id)), consent);
    }
}
