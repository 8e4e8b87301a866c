// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends attempts that would go on for ever, such as an answer that comes drop by drop. Thread-safe. */
final class Deadlines implements AutoCloseable {
    private static final long EVERY_MILLIS = 100;

    private final Set<HttpAttempt<?>> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "http-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    @SuppressWarnings("FutureReturnValueIgnored")
    Deadlines() {
        watch.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void started(HttpAttempt<?> attempt) {
        running.add(attempt);
    }

    void ended(HttpAttempt<?> attempt) {
        running.remove(attempt);
    }

    private void look() {
        long now = System.nanoTime();
        running.forEach(attempt -> attempt.expire(now));
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
