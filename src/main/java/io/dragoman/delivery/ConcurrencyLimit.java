// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

/**
 * How many deliveries to one target may be under way, found by trying: one more after each that went well while all
 * places were taken, half as many when the target cannot keep up, and from then on one more a round. Thread-safe.
 */
final class ConcurrencyLimit {
    private static final double FIRST = 8;
    private static final long ROUND_MILLIS = 1_000;

    private final int most;
    private double limit;
    /** From here on it grows slowly: here the target could not keep up. */
    private double careful;

    private boolean full;
    private long halvedAt = Long.MIN_VALUE / 2;

    ConcurrencyLimit(int most) {
        this.most = most;
        this.limit = Math.min(FIRST, most);
        this.careful = most;
    }

    /** How many more may begin, given how many are under way. */
    synchronized int room(int underWay) {
        int room = (int) limit - underWay;
        full |= room <= 0;
        return Math.max(0, room);
    }

    /** One went well. */
    synchronized void succeeded() {
        if (full) {
            limit = Math.min(most, limit + (limit < careful ? 1 : 1 / limit));
            full = false;
        }
    }

    /** One failed by the target's fault: it was too busy, or away. Those that were under way with it count as one. */
    synchronized void failed(long now) {
        if (Math.abs(now - halvedAt) < ROUND_MILLIS) { // a clock that was put back is no reason to wait for it
            return;
        }
        halvedAt = now;
        careful = Math.max(1, limit / 2);
        limit = careful;
        full = false;
    }
}
