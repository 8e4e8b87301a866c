// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends media to whoever holds a signed link. */
public final class MediaHandler implements HttpListener.Handler {
    private final Vertx vertx;
    private final MediaServer media;

    public MediaHandler(Vertx vertx, MediaServer media) {
        this.vertx = vertx;
        this.media = media;
    }

    @Override
    public void handle(HttpServerRequest request, byte[] body) {
        String path = String.valueOf(request.path());
        String id = path.substring(path.lastIndexOf('/') + 1);
        String query = request.query() == null ? "" : request.query();
        vertx.executeBlocking(() -> media.answer(id, query), false)
                .onSuccess(answer -> send(request.response(), answer))
                .onFailure(failure ->
                        ProblemDetails.of(503, "The store is unavailable.").answer(request.response()));
    }

    private void send(HttpServerResponse response, MediaServer.Answer answer) {
        answer.headers().forEach(response::putHeader);
        if (answer.content() == null || answer.sha256() == null) {
            ProblemDetails.of(answer.status(), answer.title()).answer(response);
        } else {
            MediaBody.send(media.files(), answer.sha256(), answer.content(), response);
        }
    }
}
