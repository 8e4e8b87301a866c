// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smpp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The short messages that a customer's text becomes. */
final class TextPieces {
    private static final int PIECE_SEPTETS = 153;
    private static final int PIECE_UNITS = 67;

    private TextPieces() {}

    /** @param reference by which a phone knows the pieces of one text */
    static List<byte[]> of(String text, byte reference) {
        Optional<byte[]> plain = GsmAlphabet.encode(text);
        byte[] whole = plain.orElseGet(() -> text.getBytes(StandardCharsets.UTF_16BE));
        if (whole.length <= (plain.isPresent() ? 160 : 140)) {
            return List.of(whole);
        }
        int room = plain.isPresent() ? PIECE_SEPTETS : 2 * PIECE_UNITS; // a phone may cut where it likes
        int total = (whole.length + room - 1) / room;
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            int length = Math.min(room, whole.length - i * room);
            byte[] piece = new byte[6 + length];
            System.arraycopy(new byte[] {5, 0, 3, reference, (byte) total, (byte) (i + 1)}, 0, piece, 0, 6);
            System.arraycopy(whole, i * room, piece, 6, length);
            pieces.add(piece);
        }
        return pieces;
    }
}
