// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.channel.smpp.UserDataHeader.Piece;
import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.MessagePiece;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Turns the octets of a message into text, by its data_coding (SMPP 3.4, 5.2.19; 3GPP TS 23.038, 4). */
final class TextDecoder {
    private static final String GAP = MessagePiece.GAP;
    private static final int BINARY = -1;
    private static final int UCS2 = 8;

    private final Alphabet standard;

    /** @param standard what the SMS centre means by data_coding 0 */
    TextDecoder(Alphabet standard) {
        this.standard = standard;
    }

    /** The whole text; empty where the message is no text, or one of a language whose letters are not known here. */
    Optional<String> text(List<ShortMessage> pieces) {
        StringBuilder text = new StringBuilder();
        ByteArrayOutputStream run = new ByteArrayOutputStream(); // some phones cut within a character
        int next = 1;
        ShortMessage last = pieces.get(0);
        for (ShortMessage piece : pieces) {
            if (!isReadable(piece)) {
                return Optional.empty();
            }
            boolean gap = piece.piece().number() != next;
            if (gap || piece.coding() != last.coding()) {
                text.append(decoded(run, last)).append(gap ? GAP : "");
            }
            run.writeBytes(piece.text());
            last = piece;
            next = piece.piece().number() + 1;
        }
        Piece end = last.piece();
        return Optional.of(text.append(decoded(run, last))
                .append(end.number() < end.total() ? GAP : "")
                .toString());
    }

    private static boolean isReadable(ShortMessage piece) {
        UserDataHeader header = piece.header();
        return coding(piece.coding()) != BINARY
                && !header.hasPorts()
                && SmsText.knows(header.lockingShift())
                && SmsText.knows(header.singleShift());
    }

    private String decoded(ByteArrayOutputStream run, ShortMessage like) {
        byte[] octets = run.toByteArray();
        run.reset();
        UserDataHeader header = like.header();
        return switch (coding(like.coding())) {
            case 1 -> new String(octets, StandardCharsets.US_ASCII);
            case 3 -> new String(octets, StandardCharsets.ISO_8859_1);
            case 5 -> new String(octets, Charset.forName("Shift_JIS"));
            case 6 -> new String(octets, Charset.forName("ISO-8859-5"));
            case 7 -> new String(octets, Charset.forName("ISO-8859-8"));
            case UCS2 -> new String(octets, StandardCharsets.UTF_16BE);
            case 10, 13 -> new String(octets, Charset.forName("ISO-2022-JP"));
            case 14 -> new String(octets, Charset.forName("EUC-KR"));
            default ->
                standard == Alphabet.GSM
                        ? SmsText.ofGsm(octets, header.lockingShift(), header.singleShift())
                        : new String(octets, standard.charset());
        };
    }

    /** Those from 0x10 on carry a message class, or news of waiting messages, and the alphabet in bits of their own. */
    private static int coding(int value) {
        if (value < 0x10) {
            return value == 2 || value == 4 || value == 9 ? BINARY : value;
        }
        int alphabet =
                switch (value >> 4) {
                    case 0x0, 0x1, 0x4, 0x5 -> value >> 2 & 3;
                    case 0xf -> value >> 2 & 1;
                    case 0xe -> 2;
                    default -> 0;
                };
        return alphabet == 2 ? UCS2 : alphabet == 1 ? BINARY : 0;
    }
}
