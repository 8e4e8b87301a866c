// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

import io.dragoman.bench.wire.Figures;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A window that begins when as many messages arrive at the desk as are taken in, for what is measured while the way
 * there still fills flatters neither side rightly. Where that does not come about it begins all the same, and says so. For
 * one thread.
 */
final class Steady {
    private static final long SPAN = Duration.ofSeconds(5).toNanos();
    private static final long MARK = Duration.ofMillis(250).toNanos();
    private static final double TOLERANCE = 0.05;

    private final long start;
    private final long latest;
    private final long lasts;
    private final Consumer<Figures> begun;
    private final Balance balance = new Balance(SPAN, TOLERANCE);
    private long marked;
    private long began;
    private long taken;
    private long arrived;
    private Figures window = new Figures();

    /**
     * Not begun.
     *
     * @param start when the load begins
     * @param patience how long it waits for the balance, in seconds
     * @param seconds how long the window is
     * @param begun gets {@code settled} (1 or 0) and {@code after} when it begins
     */
    Steady(long start, double patience, double seconds, Consumer<Figures> begun) {
        this.start = start;
        this.latest = start + (long) (patience * 1e9);
        this.lasts = (long) (seconds * 1e9);
        this.begun = begun;
        this.marked = start - MARK;
    }

    /** So many are taken in and have arrived by now; says whether the window is over. */
    boolean over(long now, long takenSoFar, long arrivedSoFar) {
        if (began != 0) {
            return ended(now, takenSoFar, arrivedSoFar);
        }
        if (now - marked < MARK) {
            return false;
        }
        marked = now;
        boolean even = balance.even(now, takenSoFar, arrivedSoFar);
        if (even || now >= latest) {
            began = now;
            taken = takenSoFar;
            arrived = arrivedSoFar;
            begun.accept(new Figures().count("settled", even ? 1 : 0).with("after", (now - start) / 1e9));
        }
        return false;
    }

    private boolean ended(long now, long takenSoFar, long arrivedSoFar) {
        if (now - began < lasts) {
            return false;
        }
        if (window.values().isEmpty()) {
            double seconds = (now - began) / 1e9;
            window = new Figures()
                    .with("takenRate", (takenSoFar - taken) / seconds)
                    .with("arrivedRate", (arrivedSoFar - arrived) / seconds);
        }
        return true;
    }

    /** {@code takenRate} and {@code arrivedRate} a second within the window. */
    Figures window() {
        return window;
    }
}
