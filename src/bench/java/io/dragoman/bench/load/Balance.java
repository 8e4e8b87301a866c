// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

import java.util.ArrayDeque;
import java.util.Deque;

/** Whether as much comes out as goes in, over the last seconds. For one thread. */
final class Balance {
    private final long span;
    private final double tolerance;
    private final Deque<Mark> marks = new ArrayDeque<>();

    /**
     * Knows nothing yet.
     *
     * @param span over so many nanoseconds
     * @param tolerance by which part of what goes in the two may differ
     */
    Balance(long span, double tolerance) {
        this.span = span;
        this.tolerance = tolerance;
    }

    private record Mark(long at, long in, long out) {}

    /** So much has gone in and come out by now; says whether that was even since {@code span} ago. */
    boolean even(long now, long in, long out) {
        marks.add(new Mark(now, in, out));
        Mark first = marks.element();
        if (now - first.at < span) {
            return false;
        }
        while (now - first.at > span) { // the next is nearer to where the span begins
            marks.remove();
            first = marks.element();
        }
        long more = in - first.in;
        return more > 0 && Math.abs(more - (out - first.out)) <= tolerance * more;
    }
}
