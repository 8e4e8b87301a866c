// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import io.vertx.core.Vertx;

/** Answers each request when its body is there, and verifies and stores nothing. Argument: its port. */
public final class BareHandlerMain {
    private BareHandlerMain() {}

    /** Serves until it is ended. */
    public static void main(String[] args) {
        Vertx.vertx()
                .createHttpServer()
                .requestHandler(request ->
                        request.body().onSuccess(body -> request.response().end()))
                .listen(Integer.parseInt(args[0]), "127.0.0.1");
    }
}
