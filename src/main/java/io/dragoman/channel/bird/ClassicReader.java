// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.bird;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Part;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the classic API brings: texts to a long number or a short code by POST, status reports by GET. */
final class ClassicReader {
    private static final DateTimeFormatter SHORT_CODE_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    private ClassicReader() {}

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        ReceivedForm form = form(request);
        Instant now = request.receivedAt();
        if (form.find("status").isPresent() && form.find("originator").isEmpty()) {
            return InboundReader.STATUSES.receipt(
                    need(form, "id"),
                    need(form, "status").toLowerCase(Locale.ROOT),
                    SmsSender.of(need(form, "recipient")).value(),
                    time(form.text("statusDatetime"), now),
                    ErrorTable.REPORTS,
                    form.number("statusErrorCode"));
        }
        return List.of(message(form, now));
    }

    private static ReceivedForm form(Request request) throws MalformedPayload {
        if (request.method().equals("GET")) {
            return ReceivedForm.parse(request.query());
        }
        String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/json")
                ? ReceivedForm.ofJson(request.body())
                : ReceivedForm.parse(request.body());
    }

    private static CustomerEvent message(ReceivedForm form, Instant now) throws MalformedPayload {
        String id = need(form, "id", "mid");
        SmsSender from = SmsSender.of(need(form, "originator"));
        Instant at = time(form.find("createdDatetime", "receive_datetime").orElse(""), now);
        if (form.raw("mediaUrls").isEmpty()) {
            return from.wroteOrOptedOut(id, at, form.find("body", "message").orElse(""));
        }
        List<Part> parts = List.of(new Part.Unsupported("media", form.raw()));
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

    /** ISO 8601, or fourteen digits in UTC; the time of receipt for anything else. */
    private static Instant time(String text, Instant now) {
        try {
            return text.matches("[0-9]{14}")
                    ? LocalDateTime.parse(text, SHORT_CODE_TIME).toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return now;
        }
    }
}
