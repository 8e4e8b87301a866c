// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.connector.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Waits for news for a moment, and can be asked to stop waiting. */
final class ShortPatience implements Patience {
    private final Set<Runnable> releases = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    void stop() {
        stopping = true;
        releases.forEach(Runnable::run);
    }

    @Override
    public Duration limit() {
        return Duration.ofMillis(1_500);
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
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
