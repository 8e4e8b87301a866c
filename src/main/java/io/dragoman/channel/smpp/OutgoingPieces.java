// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.channel.smpp.SmppSettings.Concatenation;
import io.dragoman.channel.smpp.UserDataHeader.Piece;
import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;

/** The short messages that a text becomes. The same key and text always become the same. */
final class OutgoingPieces {
    private static final int HAS_HEADER = 0x40;
    private static final int UCS2 = 8;

    private OutgoingPieces() {}

    /**
     * One submit_sm.
     *
     * @param esmClass whether a header stands before the text
     * @param text short_message
     */
    record Submit(int esmClass, int coding, byte[] text, List<OptionalParameter> parameters) {
        @Override
        public String toString() {
            return "Submit[…]";
        }
    }

    static List<Submit> of(String text, String key, Alphabet alphabet, Concatenation way) {
        boolean plain = SmsText.isGsm(text) && alphabet.takes(text);
        int coding = plain ? 0 : UCS2;
        if (way == Concatenation.PAYLOAD && SmsText.segments(text) > 1) {
            byte[] whole = octets(text, plain, alphabet);
            return List.of(new Submit(0, coding, new byte[0], List.of(new OptionalParameter.Message_payload(whole))));
        }
        List<String> texts = pieces(text, plain, way == Concatenation.UDH_8 ? 6 : 7);
        int reference = Integer.parseInt(Hashes.sha256Hex(key).substring(0, 4), 16);
        List<Submit> pieces = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            byte[] octets = octets(texts.get(i), plain, alphabet);
            Piece piece = new Piece(reference, texts.size(), i + 1);
            pieces.add(
                    texts.size() == 1 ? new Submit(0, coding, octets, List.of()) : piece(piece, coding, octets, way));
        }
        return pieces;
    }

    /** A text of the GSM alphabet that goes in another coding has that one's room. */
    private static List<String> pieces(String text, boolean plain, int header) {
        return plain || !SmsText.isGsm(text) ? SmsText.pieces(text, header) : SmsText.wide(text, header);
    }

    private static Submit piece(Piece piece, int coding, byte[] octets, Concatenation way) {
        if (way == Concatenation.SAR) {
            return new Submit(
                    0,
                    coding,
                    octets,
                    List.of(
                            new OptionalParameter.Short(Tag.SAR_MSG_REF_NUM, (short) piece.reference()),
                            new OptionalParameter.Byte(Tag.SAR_TOTAL_SEGMENTS, (byte) piece.total()),
                            new OptionalParameter.Byte(Tag.SAR_SEGMENT_SEQNUM, (byte) piece.number())));
        }
        byte[] header = way == Concatenation.UDH_16 ? UserDataHeader.wide(piece) : UserDataHeader.narrow(piece);
        byte[] whole = new byte[header.length + octets.length];
        System.arraycopy(header, 0, whole, 0, header.length);
        System.arraycopy(octets, 0, whole, header.length, octets.length);
        return new Submit(HAS_HEADER, coding, whole, List.of());
    }

    private static byte[] octets(String text, boolean plain, Alphabet alphabet) {
        if (!plain) {
            return text.getBytes(StandardCharsets.UTF_16BE);
        }
        return alphabet == Alphabet.GSM ? SmsText.toGsm(text) : text.getBytes(alphabet.charset());
    }
}
