// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.vonage;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.connector.kit.StatusWords;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.MessagePiece;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A customer's text, or what became of one of ours, as either API tells it. */
final class InboundReader {
    private static final StatusWords STATUSES = StatusWords.of("Vonage")
            .with(Status.SENT, "accepted", "buffered", "submitted")
            .with(Status.DELIVERED, "delivered")
            .with(Status.READ, "read")
            .with(Status.FAILED, "failed", "rejected", "expired", "undeliverable", "deleted")
            .silent("unknown");

    private InboundReader() {}

    /** The parameters of the SMS API, which come in a query, a form or JSON as the account is set. */
    static ReceivedForm form(Request request) throws MalformedPayload {
        if (request.method().equalsIgnoreCase("GET")) {
            return ReceivedForm.parse(request.query());
        }
        return isJson(request) ? ReceivedForm.ofJson(request.body()) : ReceivedForm.parse(request.body());
    }

    private static boolean isJson(Request request) {
        return request.header("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/json");
    }

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        ReceivedForm form = form(request);
        if (form.find("message_uuid").isEmpty()) {
            return form.find("status").isPresent()
                    ? receipt(form, request.receivedAt())
                    : List.of(message(form, request.receivedAt()));
        }
        JsonFields json = JsonFields.of(request.body());
        return json.has("status") ? receipt(json, request.receivedAt()) : List.of(message(json, request.receivedAt()));
    }

    private static List<CustomerEvent> receipt(ReceivedForm form, Instant now) throws MalformedPayload {
        return STATUSES.receipt(
                need(form, "messageId", "message-id"),
                need(form, "status").toLowerCase(Locale.ROOT),
                SmsSender.of(need(form, "msisdn")).value(),
                time(form, now),
                ErrorTable.RECEIPTS,
                form.number("err-code"));
    }

    private static List<CustomerEvent> receipt(JsonFields json, Instant now) throws MalformedPayload {
        return STATUSES.receipt(
                json.text("message_uuid"),
                json.text("status").toLowerCase(Locale.ROOT),
                SmsSender.of(json.text("to")).value(),
                json.time("timestamp", now),
                ErrorTable.RECEIPTS,
                Math.max(ErrorTable.code(json.inner("error").word("title")), 0));
    }

    /** A long text comes in as many requests as it had short messages: {@code concat} says so. */
    private static CustomerEvent message(ReceivedForm form, Instant now) throws MalformedPayload {
        String id = need(form, "messageId", "message-id");
        SmsSender from = SmsSender.of(need(form, "msisdn"));
        MessageReceived message = form.text("type").equals("binary")
                ? unsupported(from, id, time(form, now), "binary", form.raw())
                : from.wroteOrOptedOut(id, time(form, now), form.text("text"));
        return form.text("concat").equals("true")
                ? MessagePiece.of(
                        message,
                        form.text("to") + "|" + form.text("concat-ref"),
                        form.number("concat-part"),
                        form.number("concat-total"))
                : message;
    }

    private static CustomerEvent message(JsonFields json, Instant now) throws MalformedPayload {
        String channel = json.text("channel");
        if (!channel.equals("sms") && !channel.equals("mms")) {
            throw new MalformedPayload("channel must be sms: what comes by others cannot be answered from here");
        }
        String id = json.text("message_uuid");
        SmsSender from = SmsSender.of(json.text("from"));
        Instant at = json.time("timestamp", now);
        String type = json.text("message_type");
        return type.equals("text")
                ? from.wroteOrOptedOut(id, at, json.findText("text").orElse(""))
                : unsupported(from, id, at, type, json.raw());
    }

    private static MessageReceived unsupported(SmsSender from, String id, Instant at, String type, String raw) {
        List<Part> parts = List.of(new Part.Unsupported(type, raw));
        return new MessageReceived(
                id, at, from.sender(), id, parts, null, Threading.NONE, from.automatic(), null, null);
    }

    private static String need(ReceivedForm form, String... names) throws MalformedPayload {
        Optional<String> value = form.find(names);
        if (value.isEmpty()) {
            throw new MalformedPayload(names[0] + " is missing");
        }
        return value.get();
    }

    /** {@code 2026-11-21 10:00:00} in UTC; the time of receipt for what is none. */
    private static Instant time(ReceivedForm form, Instant now) {
        try {
            return LocalDateTime.parse(form.text("message-timestamp").strip().replace(' ', 'T'))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return now;
        }
    }
}
