// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.Hashes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of smsd, as SMS Server Tools 3 describe it: headers, an empty line, and a body in the alphabet that they say. */
record SmsToolsFile(Map<String, String> headers, byte[] body) {
    static final String ID = "Dragoman-Id";

    private static final Charset LATIN_9 = Charset.forName("ISO-8859-15");
    /** What smsd 3.1.21 makes of 81 to 8A in its "ISO", where the GSM alphabet has Greek letters that Latin has not. */
    private static final String GREEK = "ΔΦΓΛΩΠΨΣΘΞ";

    private static final int FIRST_GREEK = 0x81;

    static SmsToolsFile of(byte[] file) {
        Map<String, String> headers = new HashMap<>();
        int start = 0;
        while (start < file.length) {
            int end = start;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            String line = new String(file, start, end - start, StandardCharsets.UTF_8).strip();
            start = Math.min(end + 1, file.length);
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return new SmsToolsFile(headers, java.util.Arrays.copyOfRange(file, start, file.length));
    }

    @Nullable
    String find(String header) {
        String value = headers.get(header);
        return value == null || value.isEmpty() ? null : value;
    }

    String get(String header) {
        return headers.getOrDefault(header, "");
    }

    /** The text; null where the body is no text. Like smsd, it looks at the first three letters of the alphabet. */
    @Nullable
    String text() {
        String alphabet = get("Alphabet").toLowerCase(Locale.ROOT);
        return switch (alphabet.length() < 3 ? "" : alphabet.substring(0, 3)) {
            case "bin" -> null;
            case "ucs", "chi", "uni" -> new String(body, StandardCharsets.UTF_16BE);
            case "utf" -> new String(body, StandardCharsets.UTF_8);
            case "gsm" -> SmsText.ofGsm(body);
            default -> latin(body);
        };
    }

    private static String latin(byte[] body) {
        StringBuilder text = new StringBuilder(new String(body, LATIN_9));
        for (int i = 0; i < text.length(); i++) {
            int greek = text.charAt(i) - FIRST_GREEK;
            if (greek >= 0 && greek < GREEK.length()) {
                text.setCharAt(i, GREEK.charAt(greek));
            }
        }
        return text.toString();
    }

    /** Who sent it: smsd leaves out the plus of an international number, and says what kind of number it is. */
    @Nullable
    String sender() {
        String from = find("From");
        return from != null && get("From_TOA").startsWith("91") ? "+" + from : from;
    }

    /**
     * The same for the same short message, also when smsd reads it from the SIM once more, or the network brings it once
     * more, and the file has another name.
     */
    String id() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String header : new String[] {"Modem", "From", "From_SMSC", "Sent", "UDH-DATA", "PDU"}) {
            all.writeBytes((get(header) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        all.writeBytes(body);
        return Hashes.sha256Hex(all.toByteArray()).substring(0, 32);
    }

    @Override
    public String toString() {
        return "SmsToolsFile[" + body.length + " bytes]";
    }
}
