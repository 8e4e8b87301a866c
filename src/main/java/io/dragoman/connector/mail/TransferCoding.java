// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Content-Transfer-Encoding, decoded as far as it makes sense. Never throws. */
final class TransferCoding {
    private TransferCoding() {}

    /**
     * Decodes a slice.
     *
     * @param limit the most bytes to return
     */
    static byte[] decode(byte[] raw, int start, int end, String coding, int limit) {
        return switch (coding.trim().toLowerCase(Locale.ROOT)) {
            case "base64" -> base64(raw, start, end, limit);
            case "quoted-printable" -> quotedPrintable(raw, start, end, limit);
            case "x-uuencode", "uuencode", "x-uue" -> uuencoded(raw, start, end, limit);
            default -> Arrays.copyOfRange(raw, start, start + Math.min(end - start, limit)); // as it stands
        };
    }

    /** Whether a whole part is uuencoded, begin line and all. */
    static boolean isUuencode(String coding) {
        return Set.of("x-uuencode", "uuencode", "x-uue").contains(coding.trim().toLowerCase(Locale.ROOT));
    }

    /** The decoded size, where it is known without decoding. */
    static @Nullable Long size(byte[] raw, int start, int end, String coding) {
        return switch (coding.trim().toLowerCase(Locale.ROOT)) {
            case "base64" -> base64Size(raw, start, end);
            case "quoted-printable", "x-uuencode", "uuencode", "x-uue" -> null;
            default -> (long) (end - start);
        };
    }

    private static long base64Size(byte[] raw, int start, int end) {
        long letters = 0;
        for (int i = start; i < end; i++) {
            letters += sixBits(raw[i]) >= 0 ? 1 : 0;
        }
        return letters * 3 / 4;
    }

    /** Replaces the mark and two hexadecimal digits by their byte; a mark without them stays. */
    static byte[] hexed(byte[] text, char mark) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        for (int i = 0; i < text.length; i++) {
            int value = text[i] == mark ? hex(text, i + 1, text.length) : -1;
            out.write(value < 0 ? text[i] : value);
            i += value < 0 ? 0 : 2;
        }
        return out.toByteArray();
    }

    private static byte[] base64(byte[] raw, int start, int end, int limit) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, (end - start) * 3 / 4 + 3));
        int bits = 0;
        int count = 0;
        for (int i = start; i < end && out.size() < limit; i++) {
            int value = sixBits(raw[i]);
            if (value >= 0) {
                bits = bits << 6 | value;
                count += 6;
                if (count >= 8) {
                    count -= 8;
                    out.write(bits >> count);
                }
            } else if (raw[i] == '=') {
                count = 0; // padding: what follows, if anything, starts anew
            }
        }
        return out.toByteArray();
    }

    private static int sixBits(byte c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
    }

    private static byte[] quotedPrintable(byte[] raw, int start, int end, int limit) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, end - start));
        int i = start;
        while (i < end && out.size() < limit) {
            int value = raw[i] == '=' ? hex(raw, i + 1, end) : -1;
            if (value >= 0) {
                out.write(value);
                i += 3;
            } else if (raw[i] == '=' && softBreak(raw, i + 1, end) > 0) {
                i = softBreak(raw, i + 1, end);
            } else {
                out.write(raw[i]);
                i++;
            }
        }
        return out.toByteArray();
    }

    /** Where the line after a soft break starts; 0 when it is none. */
    private static int softBreak(byte[] raw, int from, int end) {
        int at = from;
        while (at < end && at - from < 80 && (raw[at] == ' ' || raw[at] == '\t' || raw[at] == '\r')) {
            at++;
        }
        if (at >= end) {
            return end;
        }
        return raw[at] == '\n' ? at + 1 : 0;
    }

    private static int hex(byte[] text, int at, int end) {
        if (at + 1 >= end) {
            return -1;
        }
        int high = Character.digit(text[at], 16);
        int low = Character.digit(text[at + 1], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static byte[] uuencoded(byte[] raw, int start, int end, int limit) {
        try (InputStream in = jakarta.mail.internet.MimeUtility.decode(
                new ByteArrayInputStream(raw, start, end - start), "uuencode")) {
            return in.readNBytes(limit);
        } catch (IOException | jakarta.mail.MessagingException | RuntimeException e) {
            return Arrays.copyOfRange(raw, start, start + Math.min(end - start, limit));
        }
    }
}
