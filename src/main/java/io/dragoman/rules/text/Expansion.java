// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.text;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a regular expression becomes when its counts are written out, told before it is compiled: RE2 bounds each
 * count, but not counts within counts, and {@code ((a{99}){99}){99}} alone would fill the memory.
 */
public final class Expansion {
    private static final int CLASS = 4;

    private final String source;
    private final Deque<long[]> groups = new ArrayDeque<>();
    /** Of the group so far, and of its last piece. */
    private long sum;

    private long last;
    private int at;

    private Expansion(String source) {
        this.source = source;
    }

    /** Whether it has more than so many pieces. A rough figure, never too small by much. */
    public static boolean exceeds(String source, long most) {
        return source.length() > most || new Expansion(source).size(most) > most;
    }

    private long size(long most) {
        while (at < source.length() && sum <= most) {
            char c = source.charAt(at++);
            switch (c) {
                case '(' -> {
                    groups.push(new long[] {sum});
                    sum = 0;
                    last = 0;
                }
                case ')' -> {
                    last = sum + 2;
                    sum = last + (groups.isEmpty() ? 0 : groups.pop()[0]);
                }
                case '[' -> {
                    skipClass();
                    piece(CLASS);
                }
                case '\\' -> {
                    at++;
                    piece(CLASS);
                }
                case '{' -> repeat();
                default -> piece(1);
            }
        }
        // what is open still counts
        return groups.stream().mapToLong(outer -> outer[0]).sum() + sum;
    }

    private void piece(long size) {
        last = size;
        sum += size;
    }

    private void skipClass() {
        if (at < source.length() && source.charAt(at) == '^') {
            at++;
        }
        at++; // a bracket that comes first is one of the class
        while (at < source.length() && source.charAt(at) != ']') {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void repeat() {
        int end = source.indexOf('}', at);
        String counts = end < 0 ? "" : source.substring(at, end);
        if (!counts.matches("\\d{1,4}(,\\d{0,4})?")) {
            piece(1);
            return;
        }
        at = end + 1;
        long most = 1;
        for (String count : counts.split(",", 2)) {
            most = Math.max(most, count.isEmpty() ? 1 : Long.parseLong(count));
        }
        sum += last * (most - 1);
        last *= most;
    }
}
