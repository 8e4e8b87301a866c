// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes to text, whatever charset a mail claims. Never throws. */
final class LegacyCharsets {
    /** Names that mean more than they say, and names that Java does not know. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("cp936", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("gb_2312-80", "gb18030"),
            Map.entry("euc-cn", "gb18030"),
            Map.entry("big5", "x-windows-950"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("x-euc-jp", "euc-jp"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("cp50220", "x-windows-iso2022jp"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("windows-874", "x-windows-874"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("ansi", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-6-i", "iso-8859-6"),
            Map.entry("cp-850", "ibm850"),
            Map.entry("cp850", "ibm850"),
            Map.entry("utf8", "utf-8"),
            Map.entry("unicode-1-1-utf-8", "utf-8"));

    /** What a decoder writes for bytes that it cannot read. */
    private static final char BROKEN = '\uFFFD';

    /** So many bytes above ASCII in valid UTF-8 are no accident: three characters of two bytes, two of three. */
    private static final int SURELY = 6;

    /** UTF-7: base64 of UTF-16 between a plus and a minus. */
    private static final Pattern UTF_7 = Pattern.compile("\\+([A-Za-z0-9+/]*)-?");

    private LegacyCharsets() {}

    /** Decodes as declared where that can be believed; otherwise as UTF-8 if it is, else as windows-1252. */
    static String decode(byte[] bytes, @Nullable String declared) {
        return decode(bytes, declared, null);
    }

    /**
     * Decodes as declared where that can be believed; otherwise as UTF-8 if it is, else in the charset around it.
     *
     * @param declared the charset of these bytes; null where nothing names it
     * @param around the charset of the rest of the mail; null for none that is known
     */
    static String decode(byte[] bytes, @Nullable String declared, @Nullable String around) {
        String name = clean(declared);
        if (name.equals("utf-7") || name.equals("unicode-1-1-utf-7")) {
            return utf7(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        Charset charset = find(name).orElse(null);
        if (charset == null || charset.equals(StandardCharsets.US_ASCII)) {
            return guess(bytes, otherwise(around));
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return strict(bytes, charset).orElseGet(() -> damaged(bytes, otherwise(around)));
        }
        return isUtf8(bytes, charset) ? new String(bytes, StandardCharsets.UTF_8) : new String(bytes, charset);
    }

    /** Whether a name is that of a charset in which bytes that nothing describes may be. */
    static boolean isLegacy(String name) {
        return find(clean(name))
                .filter(charset -> !charset.equals(StandardCharsets.US_ASCII)
                        && !charset.name().startsWith("UTF-")
                        && !charset.equals(windows1252()))
                .isPresent();
    }

    private static String clean(@Nullable String name) {
        return name == null ? "" : name.trim().toLowerCase(Locale.ROOT);
    }

    private static Charset otherwise(@Nullable String around) {
        return find(clean(around)).filter(Charset::canEncode).orElseGet(LegacyCharsets::windows1252);
    }

    /**
     * Whether bytes are UTF-8 in spite of the charset that they go by. A legacy charset's character or two may look like
     * UTF-8, a whole sentence does not; windows-1252 is the name that programs give to what they did not look at.
     */
    private static boolean isUtf8(byte[] bytes, Charset charset) {
        boolean unlikely = charset.equals(windows1252());
        if (strict(bytes, StandardCharsets.UTF_8).isPresent()) {
            long high = high(bytes);
            return high > 0
                    && (unlikely || high >= SURELY || strict(bytes, charset).isEmpty());
        }
        return (unlikely || strict(bytes, charset).isEmpty()) && isDamagedUtf8(bytes);
    }

    private static long high(byte[] bytes) {
        long high = 0;
        for (byte b : bytes) {
            high += b < 0 ? 1 : 0;
        }
        return high;
    }

    /** Whether only a few characters of UTF-8 are broken, or nothing but its last one is cut off. */
    private static boolean isDamagedUtf8(byte[] bytes) {
        String utf8 = new String(bytes, StandardCharsets.UTF_8);
        long broken = utf8.chars().filter(c -> c == BROKEN).count();
        long good = utf8.chars().filter(c -> c > 127 && c != BROKEN).count();
        boolean cut = broken == 1 && utf8.stripTrailing().endsWith("\uFFFD");
        return good >= (cut ? 1 : 2 * broken);
    }

    private static Optional<Charset> find(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(ALIASES.getOrDefault(name, name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // unknown, or no charset name at all
        }
    }

    private static String guess(byte[] bytes, Charset otherwise) {
        if (bytes.length >= 2 && (bytes[0] & bytes[1]) == -2 && (bytes[0] | bytes[1]) == -1 && bytes[0] != bytes[1]) {
            return new String(bytes, StandardCharsets.UTF_16); // FE FF or FF FE
        }
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == 0x1b && (bytes[i + 1] == '$' || bytes[i + 1] == '(')) {
                return find("iso-2022-jp")
                        .map(charset -> new String(bytes, charset))
                        .orElse("");
            }
        }
        return strict(bytes, StandardCharsets.UTF_8)
                .orElseGet(() -> new String(bytes, isUtf8(bytes, otherwise) ? StandardCharsets.UTF_8 : otherwise));
    }

    /** A few broken characters do not make it another charset; mostly broken ones do. */
    private static String damaged(byte[] bytes, Charset otherwise) {
        String utf8 = new String(bytes, StandardCharsets.UTF_8);
        long broken = utf8.chars().filter(c -> c == BROKEN).count();
        long good = utf8.chars().filter(c -> c > 127 && c != BROKEN).count();
        return broken <= Math.max(2, good / 4) && good > 0 ? utf8 : new String(bytes, otherwise);
    }

    private static Optional<String> strict(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Charset windows1252() {
        return find("windows-1252").orElse(StandardCharsets.ISO_8859_1);
    }

    private static String utf7(String text) {
        return UTF_7.matcher(text).replaceAll(match -> {
            String base64 = match.group(1);
            if (base64.isEmpty()) {
                return "+";
            }
            String whole = base64.length() % 4 == 1 ? base64.substring(0, base64.length() - 1) : base64;
            byte[] utf16 = Base64.getDecoder().decode(whole);
            return Matcher.quoteReplacement(new String(utf16, 0, utf16.length & ~1, StandardCharsets.UTF_16BE));
        });
    }
}
