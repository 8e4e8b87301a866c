// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a file in gammu-smsd's inbox holds, as gammu-smsdrc has it under {@code InboxFormat}. The whole message with
 * {@code detail}, one part with the others.
 *
 * @param text null where the message has no text but bytes
 * @param report whether it is no message but the network's report about one
 */
record GammuFile(@Nullable String text, byte[] bytes, boolean report) {
    private static final String SECTION = "[SMSBackup";
    /** @param text whether the file's name says so */
    static GammuFile of(byte[] file, boolean text) {
        if (!text) {
            return new GammuFile(null, file, false);
        }
        String plain = new String(file, StandardCharsets.UTF_8);
        return plain.contains("\n" + SECTION) || plain.startsWith(SECTION)
                ? detail(plain)
                : new GammuFile(text(file), file, false);
    }

    /** With a byte order mark UTF-16, else the machine's own characters, which are UTF-8 today. */
    private static String text(byte[] file) {
        int mark = file.length < 2 ? 0 : (file[0] & 0xff) << 8 | (file[1] & 0xff);
        if (mark == 0xfeff || mark == 0xfffe) { // and as many NULs behind the text as gammu-smsd 1.42 counts too many
            return new String(file, StandardCharsets.UTF_16).replaceFirst("\0+$", "");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(file, StandardCharsets.ISO_8859_1);
        }
    }

    private static GammuFile detail(String file) {
        List<Map<String, String>> parts = new ArrayList<>();
        for (String line : file.split("\n")) {
            int sign = line.indexOf('=');
            if (line.startsWith(SECTION)) {
                parts.add(new TreeMap<>());
            } else if (sign > 0 && !parts.isEmpty() && !line.startsWith(";")) {
                parts.get(parts.size() - 1)
                        .put(
                                line.substring(0, sign).strip(),
                                line.substring(sign + 1).strip());
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Map<String, String> first = parts.isEmpty() ? new HashMap<>() : parts.get(0);
        for (Map<String, String> part : parts) {
            part.forEach((name, value) -> {
                if (name.startsWith("Text")) {
                    all.writeBytes(hex(value));
                }
            });
        }
        boolean binary =
                first.getOrDefault("Coding", "").toLowerCase(Locale.ROOT).startsWith("8bit");
        return new GammuFile(
                binary ? null : all.toString(StandardCharsets.UTF_16BE),
                all.toByteArray(),
                "Status_Report".equals(first.get("PDU")));
    }

    private static byte[] hex(String value) {
        return value.matches("([0-9A-Fa-f]{2})*") ? HexFormat.of().parseHex(value) : new byte[0];
    }

    @Override
    public String toString() {
        return "GammuFile[" + bytes.length + " bytes]";
    }
}
