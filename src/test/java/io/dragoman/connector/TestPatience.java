// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Patience whose time, start and end the test sets, and which never waits longer than a moment. */
public final class TestPatience implements Patience {
    public final List<Runnable> releases = new CopyOnWriteArrayList<>();
    public final Set<String> taken = new HashSet<>();
    public volatile boolean starting;
    /** How far its clock is ahead of the machine's. */
    public volatile Duration ahead = Duration.ZERO;

    private volatile boolean stopping;
    private volatile int rests;

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
        return Duration.ofMillis(20);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread polls
    public void rest(Duration wanted) {
        rests++;
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
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.now().plus(ahead);
            }
        };
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
