// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that every store and wire can carry, and that is cut only where its reader sees a border: never half of a
 * surrogate pair, which has no UTF-8, and no part of a combined emoji or of a letter with its marks.
 */
public final class UnicodeText {
    /** An extended grapheme cluster: what a reader sees as one character. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private static final char REPLACEMENT = '\uFFFD';

    private UnicodeText() {}

    /** The same text; half a surrogate pair becomes the replacement character. */
    public static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPair(text, i)) {
                i++;
            } else if (Character.isSurrogate(c)) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, REPLACEMENT);
            }
        }
        return mended == null ? text : mended.toString();
    }

    /**
     * The first {@code most} UTF-16 units, or fewer where that would cut into what a reader sees as one character. Such
     * a character that is longer than all of it, a heap of marks, is cut between two code points.
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int border = border(text, Math.max(0, most));
        return text.substring(0, border > 0 || most <= 0 ? border : whole(text, most));
    }

    /** What a reader sees as single characters, in order. */
    public static List<String> characters(String text) {
        return CHARACTER.matcher(text).results().map(MatchResult::group).toList();
    }

    /** The last border at or before {@code most}; the search starts at a letter that is a border for certain. */
    private static int border(String text, int most) {
        int border = most;
        while (border > 0 && (text.charAt(border) < ' ' || text.charAt(border) > '~')) {
            border--;
        }
        Matcher character = CHARACTER.matcher(text).region(border, Math.min(text.length(), most + 2));
        while (character.find() && character.end() <= most) {
            border = character.end();
        }
        return border;
    }

    private static int whole(String text, int most) {
        return isPair(text, most - 1) ? most - 1 : most;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
