// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.http.server.ProblemDetails;
import io.dragoman.store.Feeds;
import io.dragoman.work.FeedWatch;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reader of a feed. It subscribes first and then reads the store from where the reader was, each time that it is
 * woken: all that it sends comes from the store, in order, once. A slow reader is read for no faster than it takes.
 * What changes it happens in one Vert.x context.
 */
final class FeedStream implements FeedWatch.Reader {
    private static final int PAGE = 50;
    /** Then the client comes back: an open connection does not keep a place for ever. */
    private static final int MOST_BEATS = 240; // an hour

    private static final ProblemDetails MOVED = ProblemDetails.of(401, "This token is no longer valid.");
    private static final ProblemDetails UNAVAILABLE = ProblemDetails.of(
                    503, "The gateway is unavailable. Please try again.")
            .later(5);

    private final FeedStreams streams;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String channel;
    private final String address;
    private final List<String> keys;
    private final Context context;
    private long sent;
    private boolean reading;
    private boolean again;
    private boolean ended;
    private int beats;
    private @Nullable Runnable subscription;

    FeedStream(
            FeedStreams streams,
            HttpServerRequest request,
            String channel,
            String address,
            long after,
            List<String> keys) {
        this.streams = streams;
        this.request = request;
        this.response = request.response();
        this.channel = channel;
        this.address = address;
        this.sent = after;
        this.keys = keys;
        this.context = streams.vertx.getOrCreateContext();
    }

    String channel() {
        return channel;
    }

    List<String> keys() {
        return keys;
    }

    void begin() {
        subscription = streams.watch.subscribe(channel, address, this);
        wake();
    }

    /** There may be something new. On any thread. */
    @Override
    public void wake() {
        context.runOnContext(now -> pull());
    }

    /** Without an id, so that it moves nobody's place; a slow reader does without. On any thread. */
    @Override
    public void signal(String content) {
        context.runOnContext(now -> {
            if (!ended && response.headWritten() && !response.writeQueueFull()) {
                response.write("event: signal\ndata: " + content + "\n\n");
            }
        });
    }

    private void pull() {
        if (ended) {
            return;
        }
        if (reading || response.writeQueueFull()) {
            again = true; // when what is under way has ended, or the client has taken it
            return;
        }
        reading = true;
        again = false;
        context.<Optional<List<Feeds.Entry>>>executeBlocking(this::read, false)
                .onSuccess(found -> found.ifPresentOrElse(this::send, () -> fail(MOVED)))
                .onFailure(failure -> fail(UNAVAILABLE));
    }

    /** Empty when the feed goes on at another address, for which the client needs another token. */
    private Optional<List<Feeds.Entry>> read() {
        return streams.store.read(tx -> tx.feeds().movedTo(channel, address).isPresent()
                ? Optional.empty()
                : Optional.of(tx.feeds().after(channel, address, sent, PAGE)));
    }

    private void send(List<Feeds.Entry> entries) {
        reading = false;
        if (ended) {
            return;
        }
        if (!response.headWritten()) {
            start();
        }
        for (Feeds.Entry entry : entries) {
            response.write(FeedJson.event(entry));
            sent = entry.seq();
        }
        if (again || entries.size() == PAGE) {
            if (response.writeQueueFull()) {
                again = true;
            } else {
                pull();
            }
        }
    }

    private void start() {
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no") // or nginx keeps it back
                .setChunked(true);
        response.drainHandler(drained -> pull());
        response.write("retry: 1000\n\n");
    }

    private void fail(ProblemDetails problem) {
        reading = false;
        if (!response.headWritten()) {
            ended = true;
            ended();
            problem.answer(response);
        } else {
            end(); // the client comes back and goes on where it was
        }
    }

    /** Says that the connection lives, and finds out whether it does. On any thread. */
    void beat() {
        context.runOnContext(now -> {
            if (++beats > MOST_BEATS) {
                end();
            } else if (!ended && response.headWritten() && !response.writeQueueFull()) {
                response.write(":\n\n");
            }
        });
    }

    /** On any thread, perhaps twice, perhaps when the client is gone. */
    void end() {
        context.runOnContext(now -> {
            if (!ended) {
                ended = true;
                ended();
                if (!response.ended() && !response.closed()) {
                    if (!response.headWritten()) {
                        start();
                    }
                    response.end();
                }
            }
        });
    }

    private void ended() {
        if (subscription != null) {
            subscription.run();
        }
        streams.ended(this, request);
    }
}
