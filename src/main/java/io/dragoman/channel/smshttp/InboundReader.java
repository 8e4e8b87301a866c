// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smshttp;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.connector.kit.StatusWords;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Hashes;
import io.dragoman.model.Status;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A text by {@code get-url} or {@code post-url}, or a delivery report by the {@code dlr-url} that we gave. */
record InboundReader(Optional<String> country) {
    /** The bits of Kannel's delivery reports. */
    private static final StatusWords STATUSES = StatusWords.of("Kannel")
            .with(Status.SENT, "4", "8")
            .with(Status.DELIVERED, "1")
            .with(Status.FAILED, "2", "16")
            .silent("32");

    List<CustomerEvent> read(Request request) throws MalformedPayload {
        ReceivedForm query = ReceivedForm.parse(request.query());
        Optional<String> reference = query.find("ref");
        if (reference.isPresent()) {
            return STATUSES.receipt(
                    reference.get(),
                    need(query.find("status"), "status"),
                    SmsSender.of(need(query.find("to"), "to"), country).value(),
                    request.receivedAt(),
                    ErrorTable.REPORTS,
                    ErrorTable.code(query.text("reply")));
        }
        return List.of(request.header("X-Kannel-From").isPresent() ? posted(request) : got(query, request));
    }

    private CustomerEvent got(ReceivedForm query, Request request) throws MalformedPayload {
        String text = decoded(query.bytes("text"), query.text("charset"), query.text("coding"));
        return message(
                query.find("id"),
                need(query.find("from"), "from"),
                text,
                epoch(query.text("time"), request.receivedAt()),
                request);
    }

    private CustomerEvent posted(Request request) throws MalformedPayload {
        String type = request.header("content-type").orElse("");
        String charset = type.replaceFirst("(?i)^.*charset=\"?", "");
        String coding = request.header("X-Kannel-Coding").orElse("");
        return message(
                request.header("X-Kannel-ID"),
                need(request.header("X-Kannel-From"), "X-Kannel-From"),
                decoded(request.body(), charset.equals(type) ? "" : charset.replaceFirst("[\";].*$", ""), coding),
                written(request.header("X-Kannel-Time").orElse(""), request.receivedAt()),
                request);
    }

    /** Without an id, whoever says the same again in the same second has said it once. */
    private CustomerEvent message(Optional<String> id, String from, String text, Instant at, Request request)
            throws MalformedPayload {
        SmsSender sender = SmsSender.of(from, country);
        String key = id.map(String::strip)
                .filter(given -> !given.isEmpty())
                .orElseGet(() -> Hashes.sha256Hex(String.join(
                        "\n",
                        sender.value(),
                        String.valueOf(at.getEpochSecond()),
                        request.query(),
                        HexFormat.of().formatHex(request.body()))));
        return sender.wroteOrOptedOut(JsonFields.clean(key), at, JsonFields.clean(text));
    }

    /** UCS-2 comes as its bytes, everything else as UTF-8, unless a charset says otherwise. */
    private static String decoded(byte[] bytes, String charset, String coding) {
        String name = charset.strip().toUpperCase(Locale.ROOT);
        boolean ucs2 = name.isEmpty() ? coding.equals("2") : name.equals("UTF-16BE") || name.equals("UCS-2");
        Charset used = ucs2
                ? StandardCharsets.UTF_16BE
                : name.equals("ISO-8859-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        return new String(bytes, used);
    }

    private static String need(Optional<String> value, String name) throws MalformedPayload {
        if (value.isEmpty() || value.get().isBlank()) {
            throw new MalformedPayload(name + " is missing; see ./dragoman connect for what Kannel is to be told");
        }
        return JsonFields.clean(value.get());
    }

    private static Instant epoch(String seconds, Instant now) {
        return seconds.matches("[0-9]{1,10}") ? notLater(Instant.ofEpochSecond(Long.parseLong(seconds)), now) : now;
    }

    private static Instant written(String time, Instant now) {
        try {
            return notLater(LocalDateTime.parse(time.strip().replace(' ', 'T')).toInstant(ZoneOffset.UTC), now);
        } catch (DateTimeException e) {
            return now;
        }
    }

    private static Instant notLater(Instant at, Instant now) {
        return at.isAfter(now.plusSeconds(86_400)) || at.isBefore(Instant.EPOCH) ? now : at;
    }
}
