// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.model.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A plain HTTP response.
 *
 * @param headers by lower-case name
 * @param body at most as many bytes as the call allowed
 */
public record Response(int status, Map<String, String> headers, byte[] body) {
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

    /** What {@code Retry-After} asks for in seconds (RFC 9110 §10.2.3), at most a day; dates are not read. */
    public Optional<Duration> retryAfter() {
        String value = headers.get("retry-after");
        return value != null && value.matches("\\d{1,9}")
                ? Optional.of(Duration.ofSeconds(Math.min(86_400, Long.parseLong(value))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "Response[" + status + ", " + body.length + " bytes]";
    }
}
