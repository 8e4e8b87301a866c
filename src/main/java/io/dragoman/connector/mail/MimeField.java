// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A structured field such as {@code text/plain; charset=utf-8}. Takes what mail programs really write: unquoted file
 * names with spaces, encoded words in quotes, RFC 2231 in any shape, a missing semicolon.
 *
 * @param value what stands before the parameters, in lower case; empty when there is nothing
 */
public record MimeField(String value, Map<String, String> parameters) {
    /** The most pieces of one continued parameter. */
    private static final int MOST_PIECES = 64;

    public MimeField {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isBlank());
    }

    /**
     * Reads a field.
     *
     * @param raw one {@code char} a byte
     * @param around the charset of the rest of the mail, for bytes that nothing describes; null for none that is known
     */
    static MimeField parse(String raw, @Nullable String around) {
        int at = 0;
        while (at < raw.length() && raw.charAt(at) != ';' && raw.charAt(at) != '(' && raw.charAt(at) > ' ') {
            at++;
        }
        String value = raw.substring(0, at).toLowerCase(Locale.ROOT);
        Map<String, String> plain = new HashMap<>();
        Map<String, TreeMap<Integer, String>> pieces = new HashMap<>();
        while (at < raw.length()) {
            at = parameter(raw, at, plain, pieces);
        }
        Map<String, String> parameters = new HashMap<>();
        plain.forEach((name, text) -> parameters.put(name, EncodedWords.decode(text, around)));
        pieces.forEach((name, list) -> parameters.put(name, joined(list, around)));
        return new MimeField(value, parameters);
    }

    /** Reads one {@code name=value} and returns where the next starts. */
    private static int parameter(
            String raw, int from, Map<String, String> plain, Map<String, TreeMap<Integer, String>> pieces) {
        int at = from;
        while (at < raw.length() && (raw.charAt(at) == ';' || raw.charAt(at) <= ' ')) {
            at++;
        }
        int equals = at;
        while (equals < raw.length() && raw.charAt(equals) != '=' && raw.charAt(equals) != ';') {
            equals++;
        }
        if (equals >= raw.length() || raw.charAt(equals) == ';') {
            return equals;
        }
        String name = raw.substring(at, equals).trim().toLowerCase(Locale.ROOT);
        StringBuilder value = new StringBuilder();
        int next = value(raw, equals + 1, value);
        int star = name.indexOf('*');
        if (star < 0) {
            plain.putIfAbsent(name, value.toString());
            return next;
        }
        String number = name.substring(star + 1).replace("*", "");
        boolean encoded = name.endsWith("*");
        TreeMap<Integer, String> list = pieces.computeIfAbsent(name.substring(0, star), key -> new TreeMap<>());
        int index = number.matches("\\d{1,4}") ? Integer.parseInt(number) : 0;
        if (list.size() < MOST_PIECES) {
            list.putIfAbsent(index, (encoded ? "*" : " ") + value);
        }
        return next;
    }

    private static int value(String raw, int from, StringBuilder value) {
        int at = from;
        while (at < raw.length() && raw.charAt(at) <= ' ') {
            at++;
        }
        if (at >= raw.length() || raw.charAt(at) != '"') {
            int end = raw.indexOf(';', at);
            int stop = end < 0 ? raw.length() : end;
            value.append(raw.substring(Math.min(at, stop), stop).trim());
            return stop;
        }
        at++;
        while (at < raw.length() && raw.charAt(at) != '"') {
            // only quotes and backslashes are escaped: a Windows path keeps its backslashes
            boolean escape = raw.charAt(at) == '\\'
                    && at + 1 < raw.length()
                    && (raw.charAt(at + 1) == '"' || raw.charAt(at + 1) == '\\');
            value.append(raw.charAt(escape ? at + 1 : at));
            at += escape ? 2 : 1;
        }
        return at + 1;
    }

    /** RFC 2231: the pieces in order, the charset named in the first. */
    private static String joined(TreeMap<Integer, String> pieces, @Nullable String around) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        @Nullable String charset = null;
        boolean first = true;
        for (String piece : pieces.values()) {
            String text = piece.substring(1);
            boolean encoded = piece.charAt(0) == '*';
            if (first && encoded) {
                int quote = text.indexOf('\'');
                int second = quote < 0 ? -1 : text.indexOf('\'', quote + 1);
                if (second > 0) {
                    charset = text.substring(0, quote);
                    text = text.substring(second + 1);
                }
            }
            first = false;
            byte[] part = text.getBytes(StandardCharsets.ISO_8859_1);
            bytes.writeBytes(encoded ? TransferCoding.hexed(part, '%') : part);
        }
        return LegacyCharsets.decode(bytes.toByteArray(), charset, around);
    }
}
