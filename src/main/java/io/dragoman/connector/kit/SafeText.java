// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.model.UnicodeText;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes from untrusted text what no reader can see but what a terminal, a file system or a header would obey. */
public final class SafeText {
    private static final int LONGEST_NAME = 120;
    /** A cut looks at the code point behind it. */
    private static final int BEYOND = 2;

    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..{0,200})?");

    private SafeText() {}

    /**
     * One line, cut at {@code longest}: controls and line breaks become spaces, marks that turn the writing direction
     * go.
     */
    public static String line(String text, int longest) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
        for (int i = 0; i < text.length() && clean.length() < longest + BEYOND; i++) {
            char c = text.charAt(i);
            boolean space = Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == ' ';
            if (space) {
                if (clean.length() > 0 && clean.charAt(clean.length() - 1) != ' ') {
                    clean.append(' ');
                }
            } else if (!turnsDirection(c)) {
                clean.append(c);
            }
        }
        return UnicodeText.cut(clean.toString(), longest).trim();
    }

    /**
     * Several lines: line breaks are {@code \n}, other controls but the tab go. Carriage returns before a line feed are
     * one line break with it: some servers add one to each.
     */
    public static String text(String given) {
        String text = UnicodeText.wellFormed(given);
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                int next = i + 1;
                while (next < text.length() && text.charAt(next) == '\r') {
                    next++;
                }
                if (next >= text.length() || text.charAt(next) != '\n') {
                    clean.append("\n".repeat(next - i));
                }
                i = next - 1;
            } else if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                clean.append(c);
            }
        }
        return clean.toString();
    }

    /** A file name to show: no path, no control, nothing a file system reserves; null when nothing is left. */
    public static @Nullable String fileName(String name) {
        String flat = line(name, 20_000);
        String last = flat.substring(Math.max(flat.lastIndexOf('/'), flat.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder();
        last.chars().forEach(c -> clean.append("<>:\"|?*".indexOf(c) >= 0 ? '_' : (char) c));
        String bare = clean.toString().replaceFirst("^[. ]+", "").trim();
        while (bare.endsWith(".") || bare.endsWith(" ")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        if (RESERVED.matcher(bare).matches()) {
            bare = "_" + bare;
        }
        return bare.isEmpty() ? null : shortened(bare);
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
        return line(UnicodeText.cut(name, LONGEST_NAME - ending.length()), LONGEST_NAME) + ending;
    }

    /** A mail address with its domain in lower case; the part before the at sign belongs to the domain's owner. */
    public static String address(String address) {
        int at = address.lastIndexOf('@');
        return at < 0
                ? address
                : address.substring(0, at) + address.substring(at).toLowerCase(Locale.ROOT);
    }

    private static boolean turnsDirection(char c) {
        return (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200E'
                || c == '\u200F'
                || c == '\u061C'
                || c == '\uFEFF';
    }
}
