// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * RFC 2047 header text. Neighbouring words of one charset are joined as bytes before they are decoded, since many
 * programs cut a character in two; bytes outside any word are taken for UTF-8 or what else they look like.
 */
final class EncodedWords {
    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]{1,60})\\?([BbQq])\\?([^?]*)\\?=");

    private EncodedWords() {}

    /** Decodes a field's text that holds one {@code char} a byte. */
    static String decode(String raw) {
        return decode(raw, null);
    }

    /**
     * Decodes a field's text that holds one {@code char} a byte.
     *
     * @param around the charset of the rest of the mail, for bytes outside any word; null for none that is known
     */
    static String decode(String raw, @Nullable String around) {
        StringBuilder text = new StringBuilder(raw.length());
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        String charset = "";
        int at = 0;
        Matcher word = WORD.matcher(raw);
        while (word.find()) {
            String between = raw.substring(at, word.start());
            String named = charsetOf(word.group(1));
            boolean joins = pending.size() > 0 && between.isBlank() && named.equals(charset);
            if (!joins) {
                flush(pending, charset, text);
                if (at == 0 || !between.isBlank()) {
                    text.append(bare(between, around));
                }
                charset = named;
            }
            pending.writeBytes(bytes(word.group(2), word.group(3)));
            at = word.end();
        }
        flush(pending, charset, text);
        return text.append(bare(raw.substring(at), around)).toString();
    }

    /** The charsets that a field's words name, in order. */
    static Stream<String> charsets(String raw) {
        return WORD.matcher(raw).results().map(word -> charsetOf(word.group(1)));
    }

    private static String charsetOf(String name) {
        int language = name.indexOf('*'); // RFC 2231 §5: utf-8*en
        return (language < 0 ? name : name.substring(0, language)).toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String encoding, String text) {
        if (encoding.equalsIgnoreCase("b")) {
            byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
            return TransferCoding.decode(raw, 0, raw.length, "base64", raw.length);
        }
        return TransferCoding.hexed(text.replace('_', ' ').getBytes(StandardCharsets.ISO_8859_1), '=');
    }

    private static void flush(ByteArrayOutputStream pending, String charset, StringBuilder text) {
        if (pending.size() > 0) {
            text.append(LegacyCharsets.decode(pending.toByteArray(), charset));
            pending.reset();
        }
    }

    private static String bare(String latin, @Nullable String around) {
        return LegacyCharsets.decode(latin.getBytes(StandardCharsets.ISO_8859_1), null, around);
    }
}
