// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.CallRate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The calls of one desk in the last minute. A call counts until a minute after it has ended: however long each is under
 * way, the desk sees in no minute more than there may be. Thread-safe.
 */
final class CallWindow {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Deque<Long> ended = new ArrayDeque<>();
    private int underWay;
    private CallRate rate;
    /** The most calls that the news of one message took so far: it is begun where so many are left. */
    private int usual = 1;

    CallWindow(CallRate rate) {
        this.rate = rate;
    }

    synchronized void rate(CallRate now) {
        rate = now;
    }

    /** Takes a call for reading what agents did. */
    synchronized Optional<Duration> read(long now) {
        return take(rate.most(), now);
    }

    /** Takes the first call for news, where all that follow will be there too. */
    synchronized Optional<Duration> begin(long now) {
        return take(forNews() - usual + 1, now);
    }

    /** Takes one more call for news that was begun. */
    synchronized Optional<Duration> proceed(long now) {
        return take(forNews(), now);
    }

    /** A call that was taken has ended. */
    synchronized void ended(long now) {
        underWay--;
        ended.addLast(now);
    }

    /** Learns how many calls the news of one message took. */
    synchronized void took(int count) {
        usual = Math.max(usual, Math.min(count, forNews()));
    }

    /** How many calls are left for news, and how long until there is one. */
    synchronized int left(long now) {
        forget(now);
        return Math.max(0, forNews() - ended.size() - underWay);
    }

    /** How many messages' news may be under way. */
    synchronized int room(long now) {
        return left(now) / usual;
    }

    /** How long until news may begin again; nothing while it may. */
    synchronized Duration pause(long now) {
        forget(now);
        return missing(forNews() - usual + 1, now).orElse(Duration.ZERO);
    }

    private int forNews() {
        return rate.most() - rate.reserve();
    }

    /** @return how long until there is a call, where there is none */
    private Optional<Duration> take(int most, long now) {
        forget(now);
        Optional<Duration> wait = missing(most, now);
        if (wait.isEmpty()) {
            underWay++;
        }
        return wait;
    }

    private Optional<Duration> missing(int most, long now) {
        int tooMany = ended.size() + underWay - most;
        return tooMany < 0
                ? Optional.empty()
                : Optional.of(ended.stream()
                        .skip(tooMany)
                        .findFirst()
                        .map(at -> Duration.ofMillis(Math.max(1, at + MINUTE - now)))
                        .orElse(Duration.ofMillis(MINUTE))); // so many are under way that none of these is known yet
    }

    private void forget(long now) {
        while (!ended.isEmpty() && ended.peekFirst() + MINUTE < now) {
            ended.removeFirst();
        }
    }
}
