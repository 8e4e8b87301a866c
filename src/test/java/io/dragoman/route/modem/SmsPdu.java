// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Short messages as modems have them (3GPP TS 23.040), in hexadecimal digits. */
public final class SmsPdu {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String CENTRE = "07919471067004F4";
    /** 29 November 2026, 13:45:00, at UTC. */
    private static final String TIME = "62119231540000";

    private SmsPdu() {}

    /** A message of the GSM alphabet, a code for each character. */
    public static String plain(String from, int... septets) {
        return deliver(from, 0, 0, septets.length, pack(septets));
    }

    public static String plain(String from, String ascii) {
        return plain(from, ascii.chars().toArray());
    }

    public static String wide(String from, String text) {
        byte[] units = text.getBytes(StandardCharsets.UTF_16BE);
        return deliver(from, 0, 8, units.length, units);
    }

    /** One part of several. */
    public static String widePart(String from, int reference, int part, int of, byte[] units) {
        byte[] header = {5, 0, 3, (byte) reference, (byte) of, (byte) part};
        byte[] all = Arrays.copyOf(header, header.length + units.length);
        System.arraycopy(units, 0, all, header.length, units.length);
        return deliver(from, 0x40, 8, all.length, all);
    }

    public static String bytes(String from, byte... bytes) {
        return deliver(from, 0, 4, bytes.length, bytes);
    }

    private static String deliver(String from, int flags, int coding, int length, byte[] data) {
        String first = hex(4 | flags);
        return CENTRE + first + sender(from) + "00" + hex(coding) + TIME + hex(length) + HEX.formatHex(data);
    }

    /** What became of a message: TP-Status 0 is delivered. */
    public static String report(int reference, String to, int status) {
        return CENTRE + "06" + hex(reference) + hex(to.length()) + "91" + swapped(to) + TIME + TIME + hex(status);
    }

    private static String sender(String from) {
        if (from.startsWith("+")) {
            return hex(from.length() - 1) + "91" + swapped(from.substring(1));
        } else if (from.chars().allMatch(Character::isDigit)) {
            return hex(from.length()) + "81" + swapped(from);
        }
        byte[] name = pack(from.chars().toArray());
        return hex(name.length * 2) + "D0" + HEX.formatHex(name);
    }

    private static String hex(int octet) {
        return String.format(Locale.ROOT, "%02X", octet);
    }

    private static String swapped(String digits) {
        String even = digits.length() % 2 == 0 ? digits : digits + "F";
        StringBuilder swapped = new StringBuilder();
        for (int i = 0; i < even.length(); i += 2) {
            swapped.append(even.charAt(i + 1)).append(even.charAt(i));
        }
        return swapped.toString();
    }

    private static byte[] pack(int... septets) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        int waiting = 0;
        int bits = 0;
        for (int septet : septets) {
            waiting |= septet << bits;
            bits += 7;
            if (bits >= 8) {
                packed.write(waiting & 0xff);
                waiting >>= 8;
                bits -= 8;
            }
        }
        if (bits > 0) {
            packed.write(waiting);
        }
        return packed.toByteArray();
    }

    /**
     * A part that is sent.
     *
     * @param type 91 international, 81 unknown
     * @param report whether a report is asked for
     * @param reference the number that the parts of a text share; 0 where it has one
     */
    public record Submit(String to, String type, boolean report, boolean wide, int reference, byte[] text) {
        static Submit of(String pdu) {
            byte[] octets = HEX.parseHex(pdu);
            int at = octets[0] + 1;
            int first = octets[at];
            int digits = octets[at + 2];
            int behind = at + 4 + (digits + 1) / 2;
            String number = swapped(HEX.formatHex(octets, at + 4, behind)).substring(0, digits);
            boolean wide = octets[behind + 1] == 8;
            int start = behind + ((first & 0x18) == 0 ? 2 : 3); // without and with a time to live
            int length = octets[start] & 0xff;
            byte[] data = Arrays.copyOfRange(octets, start + 1, octets.length);
            int header = (first & 0x40) == 0 ? 0 : data[0] + 1;
            byte[] text =
                    wide ? Arrays.copyOfRange(data, header, length) : unpacked(data, (header * 8 + 6) / 7, length);
            String type = hex(octets[at + 3] & 0xff);
            return new Submit(number, type, (first & 0x20) != 0, wide, header == 0 ? 0 : data[3] & 0xff, text);
        }

        private static byte[] unpacked(byte[] data, int from, int to) {
            byte[] septets = new byte[to - from];
            for (int i = from; i < to; i++) {
                int bit = i * 7;
                int pair = (data[bit / 8] & 0xff) | (bit / 8 + 1 < data.length ? (data[bit / 8 + 1] & 0xff) << 8 : 0);
                septets[i - from] = (byte) (pair >> bit % 8 & 0x7f);
            }
            return septets;
        }

        /** The texts of parts in their order; what is not wide has a character for each septet. */
        static List<String> join(List<Submit> parts) {
            List<String> texts = new ArrayList<>();
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (int i = 0; i < parts.size(); i++) {
                Submit part = parts.get(i);
                text.writeBytes(part.text());
                boolean more = part.reference() != 0
                        && i + 1 < parts.size()
                        && parts.get(i + 1).reference() == part.reference();
                if (!more) {
                    texts.add(text.toString(part.wide() ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1));
                    text.reset();
                }
            }
            return texts;
        }
    }
}
