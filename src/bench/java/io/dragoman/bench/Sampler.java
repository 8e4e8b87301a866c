// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.OutsideProcess;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks each second how much has arrived and how much memory the server has, and prints it. */
final class Sampler {
    private static final double INTERVAL = 1;
    private static final int IDLE = 60;

    private final Child server;
    private final OutsideProcess desk;
    private final long start = System.nanoTime();
    private double peak;

    /** Begins now. */
    Sampler(Child server, OutsideProcess desk) {
        this.server = server;
        this.desk = desk;
    }

    /** How many messages arrived a second, from now for so many seconds. */
    double rate(double seconds) throws IOException {
        double begun = elapsed();
        long before = desk.count();
        long last = before;
        double from = begun;
        while (from < begun + seconds) {
            pause(Math.min(from + INTERVAL, begun + seconds) - elapsed());
            long now = desk.count();
            double at = elapsed();
            double memory = server.residentMegabytes();
            peak = Math.max(peak, memory);
            System.out.printf(Locale.ROOT, "  %5.0f s %,8.0f/s %6.0f MB%n", at, (now - last) / (at - from), memory);
            last = now;
            from = at;
        }
        return (last - before) / (from - begun);
    }

    /** Until so many messages have arrived, or none has for a minute. */
    void until(long messages) throws IOException {
        long seen = desk.count();
        for (int idle = 0; seen < messages && idle < IDLE; ) {
            rate(INTERVAL);
            long now = desk.count();
            idle = now == seen ? idle + 1 : 0;
            seen = now;
        }
    }

    /** The most memory it had, in MB. */
    double peak() {
        return peak;
    }

    private double elapsed() {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void pause(double seconds) {
        if (seconds > 0) {
            LockSupport.parkNanos((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
        }
    }
}
