// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What waits for {@code getUpdates}: kept until a later offset acknowledges it. Thread-safe. */
final class UpdateQueue {
    private final List<ObjectNode> waiting = new ArrayList<>();
    private long asked;

    synchronized void add(ObjectNode update) {
        waiting.add(update);
        notifyAll();
    }

    synchronized List<ObjectNode> all() {
        return List.copyOf(waiting);
    }

    synchronized void remove(ObjectNode update) {
        waiting.removeIf(one -> one.path("update_id").equals(update.path("update_id")));
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized void clear() {
        waiting.clear();
    }

    /**
     * Waits for updates.
     *
     * @param offset forgets all before it; a negative one all but the last so many
     * @param wanted what the bot asked for; the rest is forgotten too
     * @return null when another question came meanwhile
     */
    synchronized @Nullable List<ObjectNode> take(long offset, int limit, Duration timeout, Predicate<ObjectNode> wanted)
            throws InterruptedException {
        long mine = ++asked;
        notifyAll();
        forget(offset);
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            waiting.removeIf(wanted.negate());
            if (mine != asked) {
                return null;
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (!waiting.isEmpty() || left <= 0) {
                return List.copyOf(waiting.subList(0, Math.min(limit, waiting.size())));
            }
            wait(left);
        }
    }

    private void forget(long offset) {
        if (offset < 0) {
            waiting.subList(0, Math.max(0, waiting.size() + (int) Math.max(offset, -1_000_000)))
                    .clear();
        } else {
            waiting.removeIf(update -> update.path("update_id").asLong() < offset);
        }
    }
}
