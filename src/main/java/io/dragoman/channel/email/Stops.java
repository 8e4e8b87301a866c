// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.Patience;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends when the gateway stops. */
final class Stops {
    private Stops() {}

    /** Waits, but no longer than patience allows, and no moment longer than the gateway runs. */
    static void rest(Patience patience, Duration wanted) {
        CountDownLatch stopped = new CountDownLatch(1);
        Duration rest = wanted.compareTo(patience.limit()) < 0 ? wanted : patience.limit();
        AutoCloseable registration = patience.onStop(stopped::countDown);
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

    static void unregister(AutoCloseable registration) {
        try {
            registration.close();
        } catch (Exception e) {
            throw new IllegalStateException("a stop could not be unregistered", e);
        }
    }
}
