// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.live.LiveEvents;
import io.dragoman.http.server.ProblemDetails;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What happens, as server-sent events. Thread-safe. */
final class LiveApi {
    private static final ProblemDetails FULL = ProblemDetails.of(
                    429, "Too many listen to what happens. Please close a window.")
            .later(30);
    /** What no place is equal to: its reader gets a reset. */
    private static final long NOWHERE = -2;

    private final Vertx vertx;
    private final LiveEvents events;

    LiveApi(Vertx vertx, LiveEvents events) {
        this.vertx = vertx;
        this.events = events;
    }

    ApiResponse stream(ApiRequest asked) throws Refusal {
        Long after = asked.parameters().containsKey("after") ? asked.number("after", 0, 0, Long.MAX_VALUE) : null;
        String who = asked.actor().name();
        return ApiResponse.streaming((request, allowed) -> open(request, allowed, who, after));
    }

    private Runnable open(HttpServerRequest request, BooleanSupplier allowed, String who, @Nullable Long after) {
        LiveStream stream = new LiveStream(vertx, request.response(), allowed);
        String last = request.getHeader("Last-Event-ID");
        Optional<Runnable> subscription =
                events.subscribe(stream, who, last == null || last.isEmpty() ? after : place(last));
        if (subscription.isEmpty()) {
            FULL.answer(request.response());
            return () -> {};
        }
        stream.begin(subscription.get());
        return stream::end;
    }

    private static Long place(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : NOWHERE;
    }
}
