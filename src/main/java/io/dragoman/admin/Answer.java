// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.http.Problem;
import io.dragoman.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the admin port answers. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    static Answer json(int status, Object value) {
        return new Answer(status, "application/json", Json.bytes(value), Map.of());
    }

    static Answer text(String contentType, String text) {
        return new Answer(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer problem(int status, String title) {
        return problem(status, title, Map.of());
    }

    static Answer problem(int status, String title, Map<String, String> headers) {
        byte[] body = Problem.of(status, title).json().getBytes(StandardCharsets.UTF_8);
        return new Answer(status, Problem.TYPE, body, headers);
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
