// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.PollContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** What the polls of one turn know of the gateway. */
final class TurnContext implements PollContext {
    private static final Duration LONGEST_POLL = Duration.ofMinutes(5);

    private final Clock clock;
    private final Predicate<String> taken;
    private final Set<Runnable> releases = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean starting = true;

    /** @param taken whether an event with this key was taken before */
    TurnContext(Clock clock, Predicate<String> taken) {
        this.clock = clock;
        this.taken = taken;
    }

    /** The turn is over: ends the poll that waits. */
    void end() {
        ended.countDown();
        releases.forEach(Runnable::run);
    }

    /** At zero when the turn is over. */
    CountDownLatch ended() {
        return ended;
    }

    void succeeded() {
        starting = false;
    }

    @Override
    public Duration limit() {
        return LONGEST_POLL;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean stopping() {
        return ended.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public boolean starting() {
        return starting;
    }

    @Override
    public boolean taken(String key) {
        return taken.test(key);
    }

    @Override
    public AutoCloseable onStop(Runnable release) {
        releases.add(release);
        if (ended.getCount() == 0) {
            release.run();
        }
        return () -> releases.remove(release);
    }
}
