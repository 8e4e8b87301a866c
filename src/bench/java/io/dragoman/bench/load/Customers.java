// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

/** The customers of one connection, and whose turn it is: each writes some messages in a row, then the next does. */
final class Customers {
    private final int first;
    private final int step;
    private final int end;
    private final int inARow;
    private int customer;
    private int sequence;
    private int round;

    /**
     * At the first message of the first.
     *
     * @param step how far they are apart
     * @param end all of them are below
     */
    Customers(int first, int step, int end, int inARow) {
        this.first = first;
        this.step = step;
        this.end = end;
        this.inARow = inARow;
        customer = first;
    }

    int current() {
        return customer;
    }

    /** The running number of the customer's message, from 0. */
    int sequence() {
        return sequence;
    }

    void advance() {
        sequence++;
        if (sequence % inARow != 0) {
            return;
        }
        customer += step;
        if (customer >= end) {
            customer = first;
            round++;
        }
        sequence = round * inARow;
    }
}
