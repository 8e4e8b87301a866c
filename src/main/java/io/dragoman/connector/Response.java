// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.model.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/**
 * A plain HTTP response.
 *
 * @param headers by lower-case name
 * @param body at most as many bytes as the call allowed
 */
public record Response(int status, Map<String, String> headers, byte[] body) {
    private static final Duration LONGEST = Duration.ofDays(1);

    public Response {
        headers = Map.copyOf(headers);
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The body as JSON; a missing node when it is none. */
    public JsonNode json() {
        try {
            return Json.tree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * How long {@code Retry-After} asks us to wait (RFC 9110 §10.2.3), at most a day. A date counts from the answer's own
     * {@code Date}, so that no clock of ours is needed; empty when there is none, or nothing that can be read.
     */
    public Optional<Duration> retryAfter() {
        String value = headers.getOrDefault("retry-after", "").strip();
        if (value.matches("\\d{1,9}")) {
            return Optional.of(atMostADay(Duration.ofSeconds(Long.parseLong(value))));
        }
        Instant until = DateUtils.parseStandardDate(value);
        Instant now = answeredAt();
        if (until == null || now == null) {
            return Optional.empty();
        }
        return Optional.of(atMostADay(until.isBefore(now) ? Duration.ZERO : Duration.between(now, until)));
    }

    /** When it was answered, by the other side's clock ({@code Date}); null when it does not say. */
    public @Nullable Instant answeredAt() {
        return DateUtils.parseStandardDate(headers.getOrDefault("date", ""));
    }

    private static Duration atMostADay(Duration asked) {
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    @Override
    public String toString() {
        return "Response[" + status + ", " + body.length + " bytes]";
    }
}
