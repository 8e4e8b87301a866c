// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.Patience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Patience whose end and whose time the test sets. */
final class TestPatience implements Patience {
    final List<Runnable> releases = new CopyOnWriteArrayList<>();
    volatile Instant now = TestAccount.NOW;
    private final Duration limit;
    private volatile boolean stopping;

    TestPatience(Duration limit) {
        this.limit = limit;
    }

    void stop() {
        stopping = true;
        releases.forEach(Runnable::run);
    }

    @Override
    public Duration limit() {
        return limit;
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
                return now;
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
