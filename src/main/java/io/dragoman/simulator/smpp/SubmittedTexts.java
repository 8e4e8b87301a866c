// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smpp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;
import org.jsmpp.bean.SubmitSm;

/** Reads what is submitted as a phone shows it: the pieces of a text appear when the last of them is there. Thread-safe. */
final class SubmittedTexts {
    private static final int UCS2 = 8;

    private final Map<String, TreeMap<Integer, String>> unfinished = new HashMap<>();

    /** What the network cannot carry: 140 octets are in one short message, 8 septets in 7 of them. */
    static boolean isTooLong(SubmitSm pdu) {
        int header = pdu.isUdhi() ? 1 + (pdu.getShortMessage()[0] & 0xff) : 0;
        int text = pdu.getShortMessage().length - header;
        return pdu.getDataCoding() == UCS2 ? header + text > 140 : text > (140 - header) * 8 / 7;
    }

    /** The text of one short message, without its header. */
    static String shown(SubmitSm pdu) {
        byte[] octets = pdu.getShortMessage();
        int header = pdu.isUdhi() && octets.length > 0 ? 1 + (octets[0] & 0xff) : 0;
        return text(pdu, Arrays.copyOfRange(octets, Math.min(header, octets.length), octets.length));
    }

    /** The whole text, when it is there. */
    synchronized Optional<String> add(SubmitSm pdu) {
        byte[] octets = pdu.getShortMessage();
        OptionalParameter.OctetString payload = pdu.getOptionalParameter(OptionalParameter.Message_payload.class);
        if (octets.length == 0 && payload != null) {
            return Optional.of(text(pdu, payload.getValue()));
        }
        OptionalParameter.Short reference = (OptionalParameter.Short) pdu.getOptionalParameter(Tag.SAR_MSG_REF_NUM);
        if (reference != null) {
            OptionalParameter.Byte total = (OptionalParameter.Byte) pdu.getOptionalParameter(Tag.SAR_TOTAL_SEGMENTS);
            OptionalParameter.Byte number = (OptionalParameter.Byte) pdu.getOptionalParameter(Tag.SAR_SEGMENT_SEQNUM);
            return piece(pdu, "sar" + reference.getValue(), total.getValue(), number.getValue(), text(pdu, octets));
        }
        if (!pdu.isUdhi()) {
            return Optional.of(text(pdu, octets));
        }
        int length = octets[0] + 1;
        String text = text(pdu, Arrays.copyOfRange(octets, length, octets.length));
        return piece(
                pdu, Arrays.toString(Arrays.copyOf(octets, length - 2)), octets[length - 2], octets[length - 1], text);
    }

    private Optional<String> piece(SubmitSm pdu, String reference, int total, int number, String text) {
        String key = pdu.getDestAddress() + "/" + reference + "/" + total;
        TreeMap<Integer, String> pieces = unfinished.computeIfAbsent(key, unknown -> new TreeMap<>());
        pieces.put(number, text);
        if (pieces.size() < total) {
            return Optional.empty();
        }
        unfinished.remove(key);
        return Optional.of(String.join("", pieces.values()));
    }

    private static String text(SubmitSm pdu, byte[] octets) {
        return pdu.getDataCoding() == UCS2 ? new String(octets, StandardCharsets.UTF_16BE) : GsmAlphabet.decode(octets);
    }
}
