// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.channel.smpp.UserDataHeader.Piece;
import io.dragoman.connector.kit.Pieces;
import io.dragoman.model.Hashes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jsmpp.bean.AbstractSmCommand;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jspecify.annotations.Nullable;

/**
 * What one deliver_sm or data_sm brought (SMPP 3.4, 4.6.1 and 4.7.1), as it is stored. Immutable.
 *
 * @param data the octets of short_message, or of message_payload, in hexadecimal digits
 * @param tlvs the optional parameters by their tag, both in hexadecimal digits
 */
record ShortMessage(
        String source,
        int ton,
        String destination,
        int esmClass,
        int coding,
        String data,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tlvs) {
    private static final String PAYLOAD = "0424";
    private static final String SAR_REFERENCE = "020c";
    private static final String SAR_TOTAL = "020e";
    private static final String SAR_NUMBER = "020f";
    /** Bits 5 to 2 of esm_class: what kind of message; 1 is a receipt, 8 an intermediate notification. */
    private static final int TYPE = 0x3c;

    private static final int RECEIPT = 0x04;
    private static final int INTERMEDIATE = 0x20;
    private static final int HAS_HEADER = 0x40;
    private static final HexFormat HEX = HexFormat.of();

    ShortMessage {
        tlvs = tlvs == null ? Map.of() : Map.copyOf(tlvs);
    }

    static ShortMessage of(DeliverSm pdu) {
        return of(pdu, pdu.getShortMessage() == null ? new byte[0] : pdu.getShortMessage());
    }

    /** The same by a data_sm, which has its text in message_payload alone. */
    static ShortMessage of(DataSm pdu) {
        return of(pdu, new byte[0]);
    }

    private static ShortMessage of(AbstractSmCommand pdu, byte[] text) {
        Map<String, String> tlvs = new HashMap<>();
        OptionalParameter[] parameters = pdu.getOptionalParameters();
        for (OptionalParameter one : parameters == null ? new OptionalParameter[0] : parameters) {
            byte[] bytes = one.serialize();
            tlvs.put(HEX.toHexDigits(one.tag), HEX.formatHex(bytes, 4, bytes.length));
        }
        String payload = tlvs.remove(PAYLOAD);
        return new ShortMessage(
                Objects.requireNonNullElse(pdu.getSourceAddr(), ""),
                pdu.getSourceAddrTon(),
                Objects.requireNonNullElse(pdu.getDestAddress(), ""),
                pdu.getEsmClass() & 0xff,
                pdu.getDataCoding() & 0xff,
                text.length == 0 && payload != null ? payload : HEX.formatHex(text),
                tlvs);
    }

    /** Whether everything is there and of its form, as it is of what this channel stored. */
    boolean isComplete() {
        return source != null
                && destination != null
                && isHex(data)
                && tlvs.values().stream().allMatch(ShortMessage::isHex);
    }

    private static boolean isHex(@Nullable String text) {
        return text != null && text.length() % 2 == 0 && text.matches("[0-9a-fA-F]*");
    }

    /** Whether it is about a message of ours. */
    boolean isReceipt() {
        int type = esmClass & TYPE;
        return type == RECEIPT || type == INTERMEDIATE || tlvs.containsKey(ReceiptFields.ID);
    }

    UserDataHeader header() {
        return (esmClass & HAS_HEADER) == 0 ? UserDataHeader.NONE : UserDataHeader.of(octets());
    }

    /** Which piece it is, by its header or by the optional parameters for that. */
    Piece piece() {
        Piece piece = header().piece();
        return piece.isWhole() && tlvs.containsKey(SAR_REFERENCE)
                ? Piece.of(number(SAR_REFERENCE), number(SAR_TOTAL), number(SAR_NUMBER))
                : piece;
    }

    /** Which text it is a piece of. */
    Pieces.Place place() {
        Piece piece = piece();
        String text =
                String.join("|", source, destination, String.valueOf(piece.reference()), String.valueOf(piece.total()));
        return new Pieces.Place(text, piece.number(), piece.isWhole() ? 1 : piece.total(), data);
    }

    /** The text's octets, without a header. */
    byte[] text() {
        byte[] octets = octets();
        return Arrays.copyOfRange(octets, header().length(), octets.length);
    }

    /** A short optional parameter as a number; -1 for none. */
    int number(String tag) {
        String value = tlvs.get(tag);
        return value == null || value.isEmpty() || value.length() > 6 ? -1 : Integer.parseInt(value, 16);
    }

    /** An optional parameter as a word, without the NUL at its end; null for none. */
    @Nullable
    String word(String tag) {
        String value = tlvs.get(tag);
        return value == null
                ? null
                : new String(HEX.parseHex(value), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .replace("\0", "")
                        .strip();
    }

    /** The same whenever it is brought again, though that has another sequence number. */
    String fingerprint() {
        Piece piece = piece();
        return Hashes.sha256Hex(String.join(
                        "|",
                        source,
                        destination,
                        String.valueOf(coding),
                        String.valueOf(piece.reference()),
                        String.valueOf(piece.total()),
                        String.valueOf(piece.number()),
                        data))
                .substring(0, 20);
    }

    private byte[] octets() {
        return HEX.parseHex(data);
    }

    @Override
    public String toString() {
        return "ShortMessage[…]";
    }
}
