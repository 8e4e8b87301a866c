// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a poll knows of the gateway: how long it may wait for news, what was taken before, and when it stops. */
public interface PollContext {
    /** The longest a poll should wait for something to come. */
    Duration limit();

    /** The time, for what has none of its own. */
    Clock clock();

    /** Whether to come back at once. */
    boolean stopping();

    /** Calls {@code release} when the gateway stops (at once, if it already does), to free a blocked read. */
    AutoCloseable onStop(Runnable release);

    /** Whether no poll has succeeded since the gateway started. */
    default boolean starting() {
        return false;
    }

    /** Whether an event with this key was taken from the account before. */
    default boolean taken(String key) {
        return false;
    }

    /** Waits, but no longer than {@link #limit} allows, and no moment longer than the gateway runs. */
    default void rest(Duration wanted) {
        CountDownLatch stopped = new CountDownLatch(1);
        Duration rest = wanted.compareTo(limit()) < 0 ? wanted : limit();
        AutoCloseable registration = onStop(stopped::countDown);
        try {
            if (stopped.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                return; // stopped early; otherwise it is time for the next look: the caller goes on either way
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            unregister(registration);
        }
    }

    /** Removes what {@link #onStop} registered. */
    static void unregister(AutoCloseable registration) {
        try {
            registration.close();
        } catch (Exception e) {
            throw new IllegalStateException("a stop could not be unregistered", e);
        }
    }
}
