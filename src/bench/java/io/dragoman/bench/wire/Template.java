// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes with fields of fixed width, each a letter of its own repeated (CCCCCCCC), that are filled in place. */
public final class Template {
    private final byte[] bytes;

    public Template(String text) {
        bytes = HttpInput.ascii(text);
    }

    /** The bytes themselves: what is filled in shows there. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Every place of a field, to be looked up before it is filled for the first time.
     *
     * @param mark such as CCCCCCCC
     */
    public Field field(String mark) {
        byte[] wanted = HttpInput.ascii(mark);
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                places.add(at);
            }
        }
        if (places.isEmpty()) {
            throw new IllegalArgumentException("the template has no field " + mark);
        }
        return new Field(places.stream().mapToInt(Integer::intValue).toArray(), mark.length());
    }

    /** One field, wherever it stands. */
    public final class Field {
        private final int[] places;
        private final int width;

        private Field(int[] places, int width) {
            this.places = places;
            this.width = width;
        }

        /** Fills it with a number, with zeros before it. */
        public void fill(long number) {
            for (int place : places) {
                long rest = number;
                for (int at = place + width - 1; at >= place; at--) {
                    bytes[at] = (byte) ('0' + rest % 10);
                    rest /= 10;
                }
            }
        }

        /** Fills it with bytes of its width. */
        public void fill(byte[] value) {
            for (int place : places) {
                System.arraycopy(value, 0, bytes, place, width);
            }
        }
    }
}
