// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What stands before the text of a short message (3GPP TS 23.040, 9.2.3.24). Immutable.
 *
 * @param length how many octets it takes, its own length included
 * @param elements what each of its elements says; of two with one identifier the last counts
 */
record UserDataHeader(int length, Map<Integer, byte[]> elements) {
    static final UserDataHeader NONE = new UserDataHeader(0, Map.of());

    private static final int CONCATENATED_8 = 0x00;
    private static final int PORTS_8 = 0x04;
    private static final int PORTS_16 = 0x05;
    private static final int CONCATENATED_16 = 0x08;
    private static final int SINGLE_SHIFT = 0x24;
    private static final int LOCKING_SHIFT = 0x25;

    UserDataHeader {
        elements = Map.copyOf(elements);
    }

    /** The header at the start of the octets; none where they cannot begin with one. */
    static UserDataHeader of(byte[] data) {
        int end = data.length == 0 ? 0 : (data[0] & 0xff) + 1;
        if (end == 0 || end > data.length) {
            return NONE;
        }
        Map<Integer, byte[]> elements = new HashMap<>();
        int at = 1;
        while (at + 2 <= end) {
            int length = data[at + 1] & 0xff;
            if (at + 2 + length > end) {
                break; // it is broken, but its length is known
            }
            elements.put(data[at] & 0xff, Arrays.copyOfRange(data, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return new UserDataHeader(end, elements);
    }

    /** Which piece of which message it is; {@link Piece#WHOLE} where it does not say. */
    Piece piece() {
        byte[] wide = elements.getOrDefault(CONCATENATED_16, new byte[0]);
        byte[] narrow = elements.getOrDefault(CONCATENATED_8, new byte[0]);
        if (wide.length == 4) {
            return Piece.of(((wide[0] & 0xff) << 8) | (wide[1] & 0xff), wide[2] & 0xff, wide[3] & 0xff);
        }
        return narrow.length == 3 ? Piece.of(narrow[0] & 0xff, narrow[1] & 0xff, narrow[2] & 0xff) : Piece.WHOLE;
    }

    /** Whether it is for a program on the phone, not for a reader. */
    boolean hasPorts() {
        return elements.containsKey(PORTS_8) || elements.containsKey(PORTS_16);
    }

    /** The language whose table takes the place of the alphabet; 0 for none. */
    int lockingShift() {
        return language(LOCKING_SHIFT);
    }

    /** The language whose table takes the place of what stands behind escapes; 0 for none. */
    int singleShift() {
        return language(SINGLE_SHIFT);
    }

    private int language(int element) {
        byte[] language = elements.getOrDefault(element, new byte[0]);
        return language.length == 1 ? language[0] & 0xff : 0;
    }

    /** The header of a piece with a reference of 8 bits. */
    static byte[] narrow(Piece piece) {
        return new byte[] {5, CONCATENATED_8, 3, (byte) piece.reference(), (byte) piece.total(), (byte) piece.number()};
    }

    /** The header of a piece with a reference of 16 bits. */
    static byte[] wide(Piece piece) {
        return new byte[] {
            6,
            CONCATENATED_16,
            4,
            (byte) (piece.reference() >> 8),
            (byte) piece.reference(),
            (byte) piece.total(),
            (byte) piece.number()
        };
    }

    /**
     * One of the short messages of a long text.
     *
     * @param total how many there are; 1 for a text that is whole
     * @param number from 1
     */
    record Piece(int reference, int total, int number) {
        static final Piece WHOLE = new Piece(0, 1, 1);

        /** What makes no sense is taken as whole, as phones do. */
        static Piece of(int reference, int total, int number) {
            return total < 2 || number < 1 || number > total ? WHOLE : new Piece(reference, total, number);
        }

        boolean isWhole() {
            return total == 1;
        }
    }
}
