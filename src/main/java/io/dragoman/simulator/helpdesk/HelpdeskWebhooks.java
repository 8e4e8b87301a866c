// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Posts webhooks in the background, in the order of what they tell. One that nobody took is posted again after the waits
 * of the helpdesk, behind what came since; then it is dropped. Thread-safe.
 */
final class HelpdeskWebhooks {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "simulator-helpdesk-webhooks");
        daemon.setDaemon(true);
        return daemon;
    });
    private final List<Duration> waits;
    private int waiting;
    private int copies = 1;
    private int faster = 1;
    private int losing;
    private int dropped;
    private int lastStatus;

    HelpdeskWebhooks(List<Duration> waits) {
        this.waits = waits;
    }

    /** From now on each is posted so many times, and waits are so many times shorter. */
    synchronized void behave(int newCopies, int newFaster) {
        copies = newCopies;
        faster = newFaster;
    }

    /** The next so many are never posted. */
    synchronized void lose(int webhooks) {
        losing = webhooks;
    }

    /** @param post one attempt, which returns the status */
    synchronized void post(IntSupplier post) {
        if (losing > 0) {
            losing--;
            dropped++;
            return;
        }
        for (int i = 0; i < copies; i++) {
            waiting++;
            thread.execute(() -> attempt(post, 0));
        }
    }

    private void attempt(IntSupplier post, int failed) {
        int status = 0;
        try {
            status = post.getAsInt();
        } finally {
            after(status, post, failed);
        }
    }

    private synchronized void after(int status, IntSupplier post, int failed) {
        lastStatus = status;
        boolean taken = status >= 200 && status < 300;
        if (!taken && failed < waits.size() && !thread.isShutdown()) {
            long nanos = waits.get(failed).dividedBy(faster).toNanos();
            thread.schedule(() -> attempt(post, failed + 1), nanos, TimeUnit.NANOSECONDS);
            return;
        }
        dropped += taken ? 0 : 1;
        waiting--;
        notifyAll();
    }

    /** Waits until each is taken or dropped; returns the status of the last attempt. */
    synchronized int settle() {
        while (waiting > 0 && !thread.isShutdown()) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return lastStatus;
            }
        }
        return lastStatus;
    }

    /** How many nobody ever took. */
    synchronized int dropped() {
        return dropped;
    }

    void close() {
        thread.shutdownNow();
    }
}
