// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a mail or part, unfolded, one {@code char} a byte so that nothing is lost before the charset is
 * known. Immutable.
 */
public final class MimeHeaders {
    /** The most bytes of header fields that are looked at; what follows up to the blank line is skipped. */
    private static final int LARGEST = 256 * 1024;

    private static final int MOST = 2_000;

    private final Map<String, List<String>> fields;
    private final int bodyStart;
    private final @Nullable String charset;

    private MimeHeaders(Map<String, List<String>> fields, int bodyStart, @Nullable String charset) {
        this.fields = fields;
        this.bodyStart = bodyStart;
        this.charset = charset;
    }

    /** The same fields, whose bytes that nothing describes are taken to be in this charset. */
    MimeHeaders in(String around) {
        return new MimeHeaders(fields, bodyStart, around);
    }

    /** Without the fields whose names start so. */
    public MimeHeaders without(Set<String> prefixes) {
        Map<String, List<String>> left = new LinkedHashMap<>(fields);
        left.keySet().removeIf(name -> prefixes.stream().anyMatch(name::startsWith));
        return new MimeHeaders(left, bodyStart, charset);
    }

    /** The charset of the mail around, for bytes that nothing describes; null for none that is known. */
    @Nullable
    String charset() {
        return charset;
    }

    /** Reads the fields that stand from {@code start} to the first blank line. Lines that are no field are skipped. */
    public static MimeHeaders read(byte[] raw, int start, int end) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        StringBuilder field = new StringBuilder();
        int at = start;
        int count = 0;
        while (at < end) {
            int next = nextLine(raw, at, end);
            int stop = lineEnd(raw, at, next);
            if (stop == at) {
                at = next;
                break;
            }
            if (at - start < LARGEST && count < MOST) {
                boolean folded = raw[at] == ' ' || raw[at] == '\t';
                if (!folded && add(fields, field)) {
                    count++;
                }
                field.append(new String(raw, at, stop - at, StandardCharsets.ISO_8859_1));
            }
            at = next;
        }
        add(fields, field);
        boolean allBody = fields.isEmpty() && lineEnd(raw, start, nextLine(raw, start, end)) > start;
        return new MimeHeaders(fields, allBody ? start : at, null);
    }

    private static boolean add(Map<String, List<String>> fields, StringBuilder field) {
        String text = field.toString();
        field.setLength(0);
        int colon = text.indexOf(':');
        String name = colon < 1 ? "" : text.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.indexOf(' ') >= 0) {
            return false;
        }
        fields.computeIfAbsent(name, key -> new ArrayList<>())
                .add(text.substring(colon + 1).trim());
        return true;
    }

    /** Where the line after the one at {@code at} starts. */
    static int nextLine(byte[] raw, int at, int end) {
        int next = at;
        while (next < end && raw[next] != '\n') {
            next++;
        }
        return Math.min(end, next + 1);
    }

    /** Where the line from {@code at} to {@code next} ends without its line break. */
    static int lineEnd(byte[] raw, int at, int next) {
        int stop = next;
        if (stop > at && raw[stop - 1] == '\n') {
            stop--;
        }
        while (stop > at && raw[stop - 1] == '\r') {
            stop--;
        }
        return stop;
    }

    int bodyStart() {
        return bodyStart;
    }

    /** The first field of a name, as it stands. */
    public Optional<String> raw(String name) {
        return all(name).stream().findFirst();
    }

    /** All fields of a name, topmost first, as they stand. */
    public List<String> all(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first field of a name, decoded and on one line; empty when it is absent or blank. */
    public Optional<String> text(String name) {
        return raw(name)
                .map(text -> EncodedWords.decode(text, charset))
                .map(text -> SafeText.line(text, 2_000))
                .filter(text -> !text.isEmpty());
    }

    /** The addresses that stand in all fields of a name. */
    public List<MailAddress> addresses(String name) {
        return all(name).stream()
                .flatMap(field -> MailAddress.parse(field, charset).stream())
                .toList();
    }

    /** Whether any field's name starts so. */
    boolean anyStartsWith(String prefix) {
        return fields.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    public boolean has(String name) {
        return fields.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** The first field of a name with its parameters. */
    public MimeField field(String name) {
        return MimeField.parse(raw(name).orElse(""), charset);
    }
}
