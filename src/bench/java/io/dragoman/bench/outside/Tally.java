// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.outside;

import io.dragoman.bench.wire.Figures;
import java.util.Arrays;

/**
 * What has arrived, by customer and running number: how many messages there are, and whether any came twice under two
 * ids or before its turn. The same id again is the same event, repeated because an answer was lost; that is allowed.
 */
final class Tally {
    private final int customers;
    private final int[] next;
    private long[] ids;
    private long distinct;
    private long doubled;
    private long disordered;
    private long repeated;

    Tally(int customers) {
        this.customers = customers;
        next = new int[customers];
        ids = new long[2 * customers];
    }

    /**
     * Notes one.
     *
     * @param id what is the same for the same event, never 0
     */
    void add(int customer, int sequence, long id) {
        int index = Math.addExact(Math.multiplyExact(sequence, customers), customer);
        if (index >= ids.length) {
            ids = Arrays.copyOf(ids, Math.max(index + 1, ids.length + ids.length / 2));
        }
        if (ids[index] == 0) {
            ids[index] = id;
            distinct++;
            if (sequence != next[customer]) {
                disordered++;
            }
            next[customer] = Math.max(next[customer], sequence + 1);
        } else if (ids[index] == id) {
            repeated++;
        } else {
            doubled++;
        }
    }

    /** How many different messages. */
    long distinct() {
        return distinct;
    }

    /** All of it. */
    Figures figures() {
        return new Figures()
                .count("distinct", distinct)
                .count("doubled", doubled)
                .count("disordered", disordered)
                .count("repeated", repeated);
    }
}
