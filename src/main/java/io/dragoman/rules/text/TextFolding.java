// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.text;

import io.dragoman.model.UnicodeText;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts comparable whatever their script, case and typing, and finds whole words in them.
 *
 * <p>Two texts that differ only in case (in any script; the Turkish i with and without dot are one letter), in Unicode
 * form, in white space, in curly or straight apostrophes, or in invisible characters fold to the same. Accents and
 * vowel signs are kept: they make other words.
 */
public final class TextFolding {
    /** The longest text looked at, so that no message can slow a rule down. */
    public static final int LONGEST = 32_768;

    /** More marks on one letter than any script writes; normalising a longer run takes quadratic time. */
    private static final int MOST_MARKS = 30;

    private static final int JOINER = 0x200D;

    /** Scripts that put no space between words, or hang particles on them: there a word is found anywhere. */
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN,
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL);

    private TextFolding() {}

    /** The text in a form in which equal means the same to a reader. */
    public static String fold(String text) {
        return foldCompatible(compatible(text));
    }

    /** The same for a text that is in compatible form already. */
    public static String foldCompatible(String text) {
        String plain = foldAscii(text);
        return plain == null ? foldAny(text) : plain;
    }

    /** What most texts need, in one pass; null where the text has anything else. */
    private static @Nullable String foldAscii(String text) {
        char[] folded = new char[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return null;
            }
            if (!Character.isWhitespace(c)) {
                folded[length++] = c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
            } else if (length > 0 && folded[length - 1] != ' ') {
                folded[length++] = ' ';
            }
        }
        return new String(folded, 0, length > 0 && folded[length - 1] == ' ' ? length - 1 : length);
    }

    private static String foldAny(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(upper.length());
        int before = ' ';
        for (int i = 0; i < upper.length(); ) {
            int point = upper.codePointAt(i);
            i += Character.charCount(point);
            int next = foldPoint(point, before);
            if (next >= 0) {
                folded.appendCodePoint(next);
                before = next;
            }
        }
        return clip(Normalizer.normalize(folded, Form.NFKC)).strip();
    }

    /** The text in the form that treats wide, narrow and presentation forms alike; case as it was. */
    public static String compatible(String text) {
        return clip(Normalizer.normalize(clip(text), Form.NFKC));
    }

    /** The text in composed form; otherwise as it was. */
    public static String composed(String text) {
        return clip(Normalizer.normalize(clip(text), Form.NFC));
    }

    /** One folded code point, or -1 for none. */
    private static int foldPoint(int point, int before) {
        if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            return before == ' ' ? -1 : ' ';
        }
        if (point == JOINER) {
            return isLetter(before) ? -1 : JOINER; // it ties emoji together; between letters it is invisible
        }
        if (isInvisible(point) || (point == 0x307 && before == 'i')) {
            return -1; // U+0307 after an i: what is left of the Turkish İ in lower case
        }
        return switch (point) {
            case 0x2018, 0x2019, 0x02BC, 0xFF07 -> '\'';
            case 0x201C, 0x201D -> '"';
            case 0x2010, 0x2011, 0x2012, 0x2013 -> '-';
            default -> Character.toLowerCase(point);
        };
    }

    /** Whether the word stands in the text, not as a piece of a longer word or of a combined character. Both folded. */
    public static boolean containsWord(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (startsThere(text, at) && endsThere(text, at + word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word of the text begins so. Both folded. */
    public static boolean containsStart(String text, String start) {
        for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
            if (startsThere(text, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsThere(String text, int at) {
        if (at == 0) {
            return true;
        }
        int before = text.codePointBefore(at);
        int first = text.codePointAt(at);
        return before != JOINER && !splitsFlag(text, at, before, first) && !sameWord(before, first);
    }

    private static boolean endsThere(String text, int end) {
        if (end == text.length()) {
            return true;
        }
        int last = text.codePointBefore(end);
        int next = text.codePointAt(end);
        return next != JOINER
                && !isMark(next)
                && !(next >= 0x1F3FB && next <= 0x1F3FF) // a skin tone
                && !splitsFlag(text, end, last, next)
                && !sameWord(last, next);
    }

    private static boolean sameWord(int before, int after) {
        return isLetter(before) && isLetter(after) && !isUnspaced(before) && !isUnspaced(after);
    }

    /** A flag is a pair of regional letters: a border with an odd number of them before it splits one. */
    private static boolean splitsFlag(String text, int border, int before, int after) {
        if (!isRegional(before) || !isRegional(after)) {
            return false;
        }
        int letters = 0;
        for (int i = border; i > 0 && isRegional(text.codePointBefore(i)); i -= 2) {
            letters++;
        }
        return letters % 2 == 1;
    }

    private static boolean isRegional(int point) {
        return point >= 0x1F1E6 && point <= 0x1F1FF;
    }

    private static boolean isLetter(int point) {
        return Character.isLetterOrDigit(point) || point == '_' || isMark(point);
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isUnspaced(int point) {
        UnicodeScript script = UnicodeScript.of(point);
        return UNSPACED.contains(script) || (script == UnicodeScript.COMMON && point >= 0x3000 && point < 0xFB00);
    }

    private static boolean isInvisible(int point) {
        return switch (point) {
            case 0xAD, 0x34F, 0x61C, 0x200B, 0x200C, 0x200E, 0x200F, 0xFEFF -> true;
            default ->
                (point >= 0x180B && point <= 0x180E)
                        || (point >= 0x202A && point <= 0x202E)
                        || (point >= 0x2060 && point <= 0x206F)
                        || (point >= 0xFE00 && point <= 0xFE0F)
                        || (point >= 0xE0100 && point <= 0xE01EF);
        };
    }

    /** At most {@link #LONGEST} characters, and no letter under a heap of marks. */
    private static String clip(String text) {
        String cut = UnicodeText.cut(text, LONGEST);
        int run = 0;
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            run = c >= 0x300 && isMark(c) ? run + 1 : 0;
            if (run > MOST_MARKS) {
                return withoutHeaps(cut);
            }
        }
        return cut;
    }

    private static String withoutHeaps(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            run = c >= 0x300 && isMark(c) ? run + 1 : 0;
            if (run <= MOST_MARKS) {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
