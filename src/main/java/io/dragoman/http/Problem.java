// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.message.Json;
import io.vertx.core.http.HttpServerResponse;

/** An error as RFC 9457 problem details: constant words, nothing from inside. */
public record Problem(int status, String title) {
    public static Problem of(int status, String title) {
        return new Problem(status, title);
    }

    /** Its media type. */
    public static final String TYPE = "application/problem+json";

    /** Sends it as the answer. */
    public void answer(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", TYPE).end(json());
    }

    /** Its body. */
    public String json() {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        return Json.write(body);
    }
}
