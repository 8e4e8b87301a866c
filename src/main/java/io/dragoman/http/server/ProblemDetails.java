// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.model.ProblemJson;
import io.vertx.core.http.HttpServerResponse;

/**
 * An error as RFC 9457 problem details: constant words, nothing from inside.
 *
 * @param later after how many seconds to retry; 0 to say nothing
 */
public record ProblemDetails(int status, String title, int later) {
    public static ProblemDetails of(int status, String title) {
        return new ProblemDetails(status, title, 0);
    }

    /** The same, with when to retry. */
    public ProblemDetails later(int seconds) {
        return new ProblemDetails(status, title, seconds);
    }

    /** Sends it as the answer. */
    public void answer(HttpServerResponse response) {
        answer(response, () -> {});
    }

    /** Sends it as the answer, and then does something. */
    void answer(HttpServerResponse response, Runnable then) {
        if (later > 0) {
            response.putHeader("Retry-After", String.valueOf(later));
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", ProblemJson.TYPE)
                .end(json())
                .onComplete(sent -> then.run());
    }

    /** Its body. */
    public String json() {
        return ProblemJson.of(status, title, null);
    }
}
