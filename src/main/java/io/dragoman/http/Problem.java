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

    /** Sends it as the answer. */
    public void answer(HttpServerResponse response) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(Json.write(body));
    }
}
