// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Patience whose limit, time, start and end the test sets. */
public final class TestPollContext implements PollContext {
    public final List<Runnable> releases = new CopyOnWriteArrayList<>();
    public final Set<String> taken = new HashSet<>();
    public volatile boolean starting;
    public final TestClock clock;

    private final Duration limit;
    private volatile boolean stopping;
    private volatile int rests;

    /** With a clock that runs, and a limit of a moment. */
    public TestPollContext() {
        this(Duration.ofMillis(20));
    }

    /** With a clock that runs. */
    public TestPollContext(Duration limit) {
        this(limit, TestClock.running());
    }

    public TestPollContext(Duration limit, TestClock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    public void stop() {
        stopping = true;
        releases.forEach(Runnable::run);
    }

    /** How often somebody waited. */
    public int rests() {
        return rests;
    }

    @Override
    public Duration limit() {
        return limit;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread polls
    public void rest(Duration wanted) {
        rests++;
        PollContext.super.rest(wanted);
    }

    @Override
    public boolean starting() {
        return starting;
    }

    @Override
    public boolean taken(String key) {
        return taken.contains(key);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean stopping() {
        return stopping;
    }

    @Override
    public AutoCloseable onStop(Runnable release) {
        releases.add(release);
        if (stopping) {
            release.run();
        }
        return () -> releases.remove(release);
    }
}
