// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that stand uuencoded between the lines of a text, as programs wrote them before MIME and some still do. Only a
 * whole block counts, from {@code begin} to {@code end} with nothing but encoded lines between: people write the word
 * "begin", too.
 */
final class UuencodedFiles {
    private static final Pattern BEGIN = Pattern.compile("begin(-base64)? [0-7]{3,4} (\\S.{0,250})");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{1,100}={0,2}");

    private final byte[] text;
    private int at;

    private UuencodedFiles(byte[] text) {
        this.text = text;
    }

    /**
     * One stretch of a text.
     *
     * @param name of the file; null for what is text
     * @param base64 whether the file is in base64 instead
     * @param start of a file, its first line included
     */
    record Stretch(@Nullable String name, boolean base64, int start, int end) {
        /** A header as the sender would have written it today. */
        byte[] header() {
            String file = name == null ? "" : name.replaceAll("[\"\\\\]", "_");
            String type = URLConnection.guessContentTypeFromName(file);
            return ("Content-Type: " + (type == null ? "application/octet-stream" : type)
                            + "\nContent-Disposition: attachment; filename=\"" + file
                            + "\"\nContent-Transfer-Encoding: " + (base64 ? "base64" : "x-uuencode") + "\n\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** A text and its files in order; empty when there is no file. */
    static List<Stretch> in(byte[] text, int start, int end, int most) {
        List<Stretch> stretches = new ArrayList<>();
        int open = start;
        int at = start;
        int files = 0;
        while (at < end && files < most) {
            int next = MimeHeaders.nextLine(text, at, end);
            @Nullable Stretch file = text[at] == 'b' ? new UuencodedFiles(text).file(at, next, end) : null;
            if (file != null) {
                stretches.add(new Stretch(null, false, open, at));
                stretches.add(file);
                files++;
                open = file.end();
                next = file.end();
            }
            at = next;
        }
        if (!stretches.isEmpty()) {
            stretches.add(new Stretch(null, false, open, end));
        }
        return stretches;
    }

    private @Nullable Stretch file(int start, int next, int end) {
        var begin = BEGIN.matcher(line(start, next));
        if (!begin.matches()) {
            return null;
        }
        boolean base64 = begin.group(1) != null;
        at = next;
        int lines = 0;
        while (at < end) {
            int following = MimeHeaders.nextLine(text, at, end);
            String line = line(at, following);
            if (lines > 0 && line.equals(base64 ? "====" : "end")) {
                return new Stretch(begin.group(2).trim(), base64, base64 ? next : start, following);
            }
            if (base64 ? !BASE64.matcher(line).matches() : !encoded(line)) {
                return null;
            }
            lines++;
            at = following;
        }
        return null;
    }

    /** A letter for the number of bytes, then four letters for every three of them; spaces at the end may be gone. */
    private static boolean encoded(String line) {
        if (line.isEmpty()) {
            return true; // a length of nothing, whose space was trimmed
        }
        int bytes = (line.charAt(0) - ' ') & 0x3F;
        int letters = (bytes + 2) / 3 * 4;
        return line.length() <= letters + 3
                && line.chars().allMatch(c -> c >= ' ' && c <= '`')
                && (bytes > 0 || line.isBlank() || line.equals("`"));
    }

    private String line(int from, int next) {
        int stop = Math.min(MimeHeaders.lineEnd(text, from, next), from + 400);
        return new String(text, from, stop - from, StandardCharsets.ISO_8859_1);
    }
}
