// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.http.server.ProblemDetails;
import io.dragoman.http.server.PublicRouter;
import io.dragoman.store.Store;
import io.dragoman.work.FeedWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of all feeds: bounded for each feed, for each client address and in all. A stream holds a connection
 * and no thread. Thread-safe.
 */
public final class FeedStreams {
    private static final int MOST_OF_A_FEED = 5;
    private static final int MOST_OF_A_CLIENT = 50;
    private static final long BEAT_MILLIS = 15_000;
    /** How often the store is asked where another gateway may have added something. */
    private static final long SHARED_MILLIS = 2_000;

    private static final ProblemDetails FULL =
            ProblemDetails.of(429, "Too many open streams. Please close some.").later(30);

    final Store store;
    final FeedWatch watch;
    private final PublicRouter router;
    final Vertx vertx;
    private final int most;
    private final Set<FeedStream> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> counts = new HashMap<>();
    private int all;
    private boolean timed;
    private volatile boolean stopping;

    /**
     * @param most how many streams there may be in all
     */
    public FeedStreams(Store store, FeedWatch watch, PublicRouter router, Vertx vertx, int most, MeterRegistry meters) {
        this.store = store;
        this.watch = watch;
        this.router = router;
        this.vertx = vertx;
        this.most = most;
        meters.gaugeCollectionSize("dragoman.feed.streams", List.of(), open);
        router.onStop(this::stop);
    }

    /** Opens a stream on the request's event loop. */
    void open(HttpServerRequest request, String channel, String address, String client, long after) {
        List<String> keys = List.of("feed " + channel + " " + address, "client " + client);
        if (!count(keys)) {
            FULL.answer(request.response());
            return;
        }
        FeedStream stream = new FeedStream(this, request, channel, address, after, keys);
        open.add(stream);
        router.onClose(request, stream::end);
        stream.begin();
        if (stopping) {
            stream.end();
        }
    }

    /** Counts one more, if it may be. */
    private synchronized boolean count(List<String> keys) {
        if (all >= most
                || counts.getOrDefault(keys.get(0), 0) >= MOST_OF_A_FEED
                || counts.getOrDefault(keys.get(1), 0) >= MOST_OF_A_CLIENT) {
            return false;
        }
        keys.forEach(key -> counts.merge(key, 1, Integer::sum));
        all++;
        if (!timed) {
            timed = true;
            vertx.setPeriodic(BEAT_MILLIS, beat -> open.forEach(FeedStream::beat));
            if (store.shared()) {
                vertx.setPeriodic(SHARED_MILLIS, any -> watch.anyChanged());
            }
        }
        return true;
    }

    void ended(FeedStream stream, HttpServerRequest request) {
        if (open.remove(stream)) {
            router.onClose(request, null);
            synchronized (this) {
                stream.keys().forEach(key -> counts.computeIfPresent(key, (any, n) -> n == 1 ? null : n - 1));
                all--;
            }
        }
    }

    /** Ends the streams of one channel; null for all. Their clients come back and go on where they were. */
    void end(@Nullable String channel) {
        open.stream()
                .filter(stream -> channel == null || stream.channel().equals(channel))
                .forEach(FeedStream::end);
    }

    private void stop() {
        stopping = true;
        end(null);
    }
}
