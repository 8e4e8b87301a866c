// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.Event;
import io.dragoman.model.Event.MessageReceived;
import io.dragoman.model.Event.Sender;
import io.dragoman.model.Event.Threading;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One webhook: up to a thousand messages and statuses, perhaps of several numbers. Each element stands for itself; an
 * odd one never takes the others with it.
 */
final class Webhook {
    private static final Map<String, Status> STATUSES = Map.of(
            "sent", Status.SENT,
            "delivered", Status.DELIVERED,
            "read", Status.READ,
            "played", Status.READ,
            "failed", Status.FAILED);

    private final String phoneNumberId;
    private final Instant receivedAt;
    /** By key: a message that Meta aggregated twice is one event. */
    private final Map<String, Event> events = new LinkedHashMap<>();

    private int unidentified;

    private Webhook(String phoneNumberId, Instant receivedAt) {
        this.phoneNumberId = phoneNumberId;
        this.receivedAt = receivedAt;
    }

    /** The events of one number; none when the webhook brings only what does not concern it. */
    static List<Event> read(String phoneNumberId, Request request) throws MalformedPayload {
        JsonNode root = tree(request);
        String object = LenientFields.text(root, "object");
        if (!root.path("entry").isArray() || (object != null && !object.equals("whatsapp_business_account"))) {
            throw new MalformedPayload("this is not a webhook of a WhatsApp business account");
        }
        Webhook webhook = new Webhook(phoneNumberId, request.receivedAt());
        LenientFields.list(root, "entry").forEach(webhook::entry);
        if (webhook.events.isEmpty() && webhook.unidentified > 0) {
            throw new MalformedPayload(webhook.unidentified + " elements of the webhook have no id, sender or number");
        }
        return List.copyOf(webhook.events.values());
    }

    private static JsonNode tree(Request request) throws MalformedPayload {
        try {
            return Json.tree(request.body());
        } catch (IOException e) {
            throw new MalformedPayload("the webhook is not JSON");
        }
    }

    private void entry(JsonNode entry) {
        if (!entry.path("changes").isArray()) {
            unidentified++;
        }
        for (JsonNode change : LenientFields.list(entry, "changes")) {
            String field = LenientFields.word(change, "field");
            if (field == null) {
                unidentified++;
            } else if (field.equals("messages")) {
                value(change.path("value"));
            }
            // other fields bring news of templates, the account, or echoes of what the business typed on its own phone
        }
    }

    private void value(JsonNode value) {
        String number = LenientFields.word(value.path("metadata"), "phone_number_id");
        if (number == null) {
            unidentified++;
        } else if (number.equals(phoneNumberId)) {
            each(value, "messages").forEach(message -> message(value, message));
            each(value, "statuses").forEach(this::status);
        }
    }

    private List<JsonNode> each(JsonNode value, String name) {
        JsonNode list = value.path(name);
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            unidentified++;
        }
        return LenientFields.list(value, name);
    }

    private void message(JsonNode value, JsonNode message) {
        String id = LenientFields.word(message, "id");
        boolean moved = "user_changed_number".equals(LenientFields.text(message.path("system"), "type"));
        Sender sender = moved ? Senders.moved(value, message) : Senders.of(value, message);
        if (id == null || sender == null) {
            unidentified++;
            return;
        }
        Event event = ofAnother(message, id, sender);
        add(event == null ? received(message, id, sender) : event);
    }

    /** What happened to an earlier message, when the element tells of one that it names. */
    private @Nullable Event ofAnother(JsonNode message, String id, Sender sender) {
        String type = Content.type(message);
        JsonNode content = message.path(type);
        String original = LenientFields.word(content, type.equals("reaction") ? "message_id" : "original_message_id");
        if (original == null) {
            return null;
        }
        String lane = sender.address();
        Instant at = at(message);
        return switch (type) {
            case "reaction" -> {
                String emoji = LenientFields.text(content, "emoji");
                yield new Event.Reaction(id, lane, at, original, emoji == null ? "" : emoji);
            }
            case "edit" ->
                content.path("message").isObject()
                        ? new Event.MessageEdited(id, lane, at, original, Content.of(content.path("message")))
                        : null;
            case "revoke" -> new Event.MessageDeleted(id, lane, at, original);
            default -> null;
        };
    }

    private Event received(JsonNode message, String id, Sender sender) {
        List<Part> parts = Content.of(message);
        String replyTo = LenientFields.word(message.path("context"), "id");
        String group = LenientFields.word(message, "group_id");
        Threading threading = group == null ? Threading.NONE : new Threading(group, null, List.of(), null);
        String automatic = Content.type(message).equals("system") ? "WhatsApp wrote it, not the customer" : null;
        return new MessageReceived(id, at(message), sender, id, parts, replyTo, threading, automatic, null);
    }

    private void status(JsonNode element) {
        String id = LenientFields.word(element, "id");
        String word = LenientFields.word(element, "status");
        if (id == null || word == null) {
            unidentified++;
            return;
        }
        Status status = STATUSES.get(word);
        if (status == null) {
            return; // such as "deleted", of which there is nothing to tell
        }
        Reason reason = null;
        String detail = null;
        if (status == Status.FAILED) {
            List<JsonNode> errors = LenientFields.list(element, "errors");
            int code = errors.isEmpty() ? -1 : errors.get(0).path("code").asInt(-1);
            reason = code < 0 ? null : GraphError.reason(code);
            detail = GraphError.describe(code);
        }
        String recipient = Senders.recipient(element);
        String lane = recipient == null ? id : recipient;
        add(new Event.Receipt(id + "|" + word, lane, at(element), id, status, reason, detail));
    }

    private void add(Event event) {
        events.putIfAbsent(event.key(), event);
    }

    /** Seconds, or milliseconds where somebody changed their mind; our own clock where it cannot be true. */
    private Instant at(JsonNode element) {
        String text = LenientFields.text(element, "timestamp");
        if (text == null || !text.matches("\\d{1,13}")) {
            return receivedAt;
        }
        long number = Long.parseLong(text);
        Instant at = number >= 1_000_000_000_000L ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        return at.isAfter(receivedAt.plus(Duration.ofDays(1))) ? receivedAt : at;
    }
}
