// SPDX-License-Identifier: Apache-2.0
package io.dragoman.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans in batches on a thread of its own. What there is no room for, or what the collector does not take, is
 * dropped and counted: the work never waits for a collector. Thread-safe.
 */
public final class SpanQueue implements Consumer<SpanData>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
    private static final int BATCH = 512;
    private static final long GATHER_MILLIS = 1_000;
    private static final long SEND_SECONDS = 10;
    /** At the end, what is left gets so long; the process is about to be killed. */
    private static final long CLOSE_MILLIS = 3_000;

    private final BlockingQueue<SpanData> waiting;
    private final SpanExporter exporter;
    private final Counter sent;
    private final Counter dropped;
    private final Thread thread;
    private volatile boolean closing;
    private boolean refused;

    /** @param room for so many spans that wait */
    public SpanQueue(SpanExporter exporter, int room, MeterRegistry meters) {
        this.exporter = exporter;
        this.waiting = new ArrayBlockingQueue<>(room);
        this.sent = Counter.builder("dragoman.trace.spans.sent")
                .description("Spans that the collector of traces took.")
                .register(meters);
        this.dropped = Counter.builder("dragoman.trace.spans.dropped")
                .description("Spans that were dropped: too many waited, or the collector did not take them.")
                .register(meters);
        this.thread = new Thread(this::run, "dragoman-traces");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(SpanData span) {
        if (closing || !waiting.offer(span)) {
            dropped.increment();
        }
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                SpanData first = waiting.poll(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    send(batch(first));
                }
            }
        } catch (InterruptedException e) { // it was closed, and the collector is too slow
            dropped.increment(waiting.size());
        }
    }

    /** Together with those that end soon after it. */
    private List<SpanData> batch(SpanData first) throws InterruptedException {
        List<SpanData> batch = new ArrayList<>(List.of(first));
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
        while (batch.size() < BATCH) {
            long left = closing ? 0 : Math.max(0, until - System.nanoTime());
            SpanData next = waiting.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                return batch;
            }
            batch.add(next);
        }
        return batch;
    }

    private void send(List<SpanData> batch) throws InterruptedException {
        CompletableResultCode result = exporter.export(batch).join(SEND_SECONDS, TimeUnit.SECONDS);
        if (Thread.interrupted()) {
            dropped.increment(batch.size());
            throw new InterruptedException();
        }
        (result.isSuccess() ? sent : dropped).increment(batch.size());
        if (result.isSuccess() == refused) { // once when it begins and once when it ends
            refused = !result.isSuccess();
            if (refused) {
                LOG.warn("traces: the collector does not take spans, they are dropped: {}", why(result));
            } else {
                LOG.info("traces: the collector takes spans again");
            }
        }
    }

    private static String why(CompletableResultCode result) {
        Throwable failure = result.getFailureThrowable();
        return failure == null ? "no answer in " + SEND_SECONDS + " s, or a refusal" : failure.toString();
    }

    /** Sends what waits, for a moment. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_MILLIS);
            thread.interrupt();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        exporter.shutdown();
    }
}
