// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.model.UnicodeText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The response headers that make an untrusted file harmless to whoever opens it. */
public final class MediaHeaders {
    private static final Pattern MIME_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}");
    /** What a browser would run. */
    private static final Set<String> ACTIVE =
            Set.of("html", "xhtml", "svg", "xml", "javascript", "ecmascript", "mhtml");

    /** What every browser shows by itself, without running anything. */
    private static final Pattern SHOWN = Pattern.compile("image/(png|jpe?g|gif|webp|avif|bmp)"
            + "|audio/(mpeg|mp4|aac|ogg|opus|wav|x-wav|webm|flac|amr|3gpp)|video/(mp4|webm|ogg|3gpp|quicktime)");

    private static final String ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~"; // RFC 8187 attr-char beside letters and digits
    private static final int LONGEST_NAME = 120;

    private MediaHeaders() {}

    /**
     * The headers for one file.
     *
     * @param fileName as the sender gave it, null for none
     * @param cache how long the one who asked may keep it
     */
    public static Map<String, String> of(String mimeType, @Nullable String fileName, Duration cache) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", harmless(mimeType));
        headers.put("Content-Disposition", disposition(fileName));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.put("Cache-Control", "private, max-age=" + Math.max(0, cache.toSeconds()));
        headers.put("Referrer-Policy", "no-referrer");
        return headers;
    }

    /**
     * The same for a page that shows pictures and plays recordings: those of types that run nothing are no download.
     *
     * @param fileName as the sender gave it, null for none
     */
    public static Map<String, String> shown(String mimeType, @Nullable String fileName, Duration cache) {
        Map<String, String> headers = of(mimeType, fileName, cache);
        if (SHOWN.matcher(String.valueOf(headers.get("Content-Type"))).matches()) {
            headers.computeIfPresent(
                    "Content-Disposition", (name, given) -> given.replaceFirst("^attachment", "inline"));
        }
        return headers;
    }

    private static String harmless(String mimeType) {
        String type = mimeType.toLowerCase(Locale.ROOT);
        boolean active = ACTIVE.stream().anyMatch(type::contains);
        return active || !MIME_TYPE.matcher(type).matches() ? "application/octet-stream" : type;
    }

    /** Always a download, under a name that cannot break out of the header or pretend to be another (RFC 6266). */
    private static String disposition(@Nullable String fileName) {
        String name = clean(fileName == null ? "" : fileName);
        if (name.isEmpty()) {
            return "attachment";
        }
        StringBuilder ascii = new StringBuilder();
        name.codePoints().forEach(c -> ascii.appendCodePoint(c < 0x7f && c != '"' && c != '%' ? c : '_'));
        String plain = "attachment; filename=\"" + ascii + "\"";
        return ascii.toString().equals(name) ? plain : plain + "; filename*=UTF-8''" + encoded(name);
    }

    /** Without folders, control and direction characters, and what Windows forbids. */
    private static String clean(String fileName) {
        String last = fileName.substring(1 + Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')));
        StringBuilder name = new StringBuilder();
        last.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .map(c -> ":*?\"<>|".indexOf(c) >= 0 || (Character.isSpaceChar(c) && c != ' ') ? '_' : c)
                .forEach(name::appendCodePoint);
        String stripped = name.toString().strip().replaceFirst("^\\.+", "");
        return stripped.codePointCount(0, stripped.length()) <= LONGEST_NAME ? stripped : end(stripped);
    }

    /** The ending says what it is, so the end stays, from a border that a reader sees. */
    private static String end(String name) {
        List<String> characters = UnicodeText.characters(name);
        int from = name.length();
        int left = LONGEST_NAME;
        for (int i = characters.size() - 1; i >= 0; i--) {
            String character = characters.get(i);
            left -= character.codePointCount(0, character.length());
            if (left < 0) {
                break;
            }
            from -= character.length();
        }
        return name.substring(from);
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ATTRIBUTE_CHARACTERS.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
