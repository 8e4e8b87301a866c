// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.http.server.ProblemDetails;
import io.dragoman.model.Json;
import io.dragoman.model.ProblemJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the admin port answers.
 *
 * @param stream writes all of it itself; null for an answer that is whole
 */
record ApiResponse(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        @Nullable ApiStream stream) {
    ApiResponse(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    static ApiResponse streaming(ApiStream stream) {
        return new ApiResponse(200, "text/event-stream", new byte[0], Map.of(), stream);
    }

    static ApiResponse json(int status, Object value) {
        return new ApiResponse(status, "application/json", Json.bytes(value), Map.of());
    }

    /** JSON that sets or removes a cookie. */
    static ApiResponse json(int status, Object value, String cookie) {
        return new ApiResponse(status, "application/json", Json.bytes(value), Map.of("Set-Cookie", cookie));
    }

    /** Elsewhere, with a cookie. */
    static ApiResponse redirect(String location, String cookie) {
        return new ApiResponse(
                302,
                "text/plain",
                new byte[0],
                Map.of("Location", location, "Set-Cookie", cookie, "Referrer-Policy", "no-referrer"));
    }

    /** Nothing but a cookie. */
    static ApiResponse empty(String cookie) {
        return new ApiResponse(204, "application/json", new byte[0], Map.of("Set-Cookie", cookie));
    }

    static ApiResponse text(String contentType, String text) {
        return new ApiResponse(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static ApiResponse problem(int status, String title) {
        return problem(status, title, Map.of());
    }

    static ApiResponse problem(int status, String title, Map<String, String> headers) {
        byte[] body = ProblemDetails.of(status, title).json().getBytes(StandardCharsets.UTF_8);
        return new ApiResponse(status, ProblemJson.TYPE, body, headers);
    }

    @Override
    public String toString() {
        return "ApiResponse[" + status + "]";
    }
}
