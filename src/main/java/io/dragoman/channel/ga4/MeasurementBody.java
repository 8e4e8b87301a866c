// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.ga4;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.EventCounter.Subject;
import io.dragoman.connector.Signature;
import io.dragoman.model.CountedEvent;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event as the Measurement Protocol has it. Whom it is about is told by pseudonyms that this installation alone can make: one
 * for each conversation, which leads to no other conversation; one for each contact where they consented.
 */
final class MeasurementBody {
    /** The longest value of a parameter. */
    private static final int LONGEST_VALUE = 100;

    /** What was done took some time, or it is in no report of activity; how long nobody knows. */
    private static final int ENGAGEMENT_MILLIS = 1;

    private static final int PSEUDONYM_BYTES = 16;

    private final Account account;

    MeasurementBody(Account account) {
        this.account = account;
    }

    byte[] of(CountedEvent event, Subject subject) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String contact = subject.contact();
        if (contact == null) {
            body.put("client_id", pseudonym("conversation", subject.conversation()));
        } else {
            String person = pseudonym("contact", contact);
            body.put("client_id", person).put("user_id", person);
        }
        body.put("timestamp_micros", ChronoUnit.MICROS.between(Instant.EPOCH, event.at()));
        String consent = contact != null && account.get(Ga4.ADVERTISING) ? "GRANTED" : "DENIED";
        body.putObject("consent").put("ad_user_data", consent).put("ad_personalization", consent);
        ObjectNode one = body.putArray("events").addObject();
        one.put("name", event.type().word().replace('.', '_'));
        params(one.putObject("params"), event, subject);
        return Json.bytes(body);
    }

    private static void params(ObjectNode params, CountedEvent event, Subject subject) {
        params.put("session_id", String.valueOf(subject.openedAt().getEpochSecond()));
        params.put("engagement_time_msec", ENGAGEMENT_MILLIS);
        put(params, "channel", event.channel());
        put(params, "channel_kind", event.kind());
        put(params, "team", event.team());
        put(params, "conversation_language", event.language());
        new TreeMap<>(event.details()).forEach((name, value) -> put(params, name, value));
        if (event.score() != null) {
            params.put("score", event.score());
        }
    }

    private static void put(ObjectNode params, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            int end = Math.min(value.length(), LONGEST_VALUE);
            boolean halved = end < value.length() && Character.isHighSurrogate(value.charAt(end - 1));
            params.put(name, value.substring(0, halved ? end - 1 : end));
        }
    }

    private String pseudonym(String of, String id) {
        byte[] code = Signature.hmac(
                "HmacSHA256", account.key("analytics"), (of + "|" + id).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(code, 0, PSEUDONYM_BYTES);
    }
}
