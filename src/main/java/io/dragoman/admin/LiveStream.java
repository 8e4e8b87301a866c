// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.live.LiveEvent;
import io.dragoman.app.live.LiveEvents;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One who listens. Who reads slower than it happens is let go, and comes back to where they were. What changes it happens
 * in one Vert.x context.
 */
final class LiveStream implements LiveEvents.Listener {
    private static final long BEAT_MILLIS = 15_000;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final BooleanSupplier allowed;
    private final Context context;
    private @Nullable Runnable subscription;
    private long timer;
    private boolean ended;

    LiveStream(Vertx vertx, HttpServerResponse response, BooleanSupplier allowed) {
        this.vertx = vertx;
        this.response = response;
        this.allowed = allowed;
        this.context = vertx.getOrCreateContext();
    }

    /** In its context. */
    void begin(Runnable subscription) {
        this.subscription = subscription;
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("X-Accel-Buffering", "no") // or nginx keeps it back
                .setChunked(true);
        response.write("retry: 2000\n\n");
        timer = vertx.setPeriodic(BEAT_MILLIS, beat -> beat());
    }

    private void beat() {
        write(":\n\n");
    }

    /** On any thread. */
    @Override
    public void take(List<LiveEvent> events) {
        StringBuilder text = new StringBuilder();
        for (LiveEvent event : events) {
            if (event.place() != null) {
                text.append("id: ").append(event.place()).append('\n');
            }
            if (!event.event().isEmpty()) {
                text.append("event: ").append(event.event()).append('\n');
                text.append("data: ").append(event.data()).append('\n');
            }
            text.append('\n');
        }
        context.runOnContext(now -> write(text.toString()));
    }

    private void write(String text) {
        if (ended) {
            return;
        }
        if (response.writeQueueFull() || !allowed.getAsBoolean()) {
            close();
        } else {
            response.write(text);
        }
    }

    /** On any thread, perhaps twice, perhaps when the client is gone. */
    void end() {
        context.runOnContext(now -> close());
    }

    private void close() {
        if (ended) {
            return;
        }
        ended = true;
        vertx.cancelTimer(timer);
        if (subscription != null) {
            subscription.run();
        }
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }
}
