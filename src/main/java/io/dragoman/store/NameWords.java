// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed of a contact's name, in whatever case. SQLite only knows the cases of Latin letters without accents,
 * so others are looked for in each case in which names are written.
 *
 * @param typed the pattern, as it was typed
 * @param small the same in small letters; null, as the next two, where it has none but those Latin letters
 * @param initials with a capital at the beginning of each word
 * @param capitals all in capitals
 */
record NameWords(
        String typed,
        @Nullable String small,
        @Nullable String initials,
        @Nullable String capitals) {
    /** A condition of the table {@code contact} with the four, of which the second stands there twice. */
    static final String MATCH = "(name ILIKE ? ESCAPE '\\' OR (CAST(? AS TEXT) IS NOT NULL"
            + " AND (name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\')))";

    /** The patterns of a text; null is read as none. */
    static NameWords of(@Nullable String typed) {
        String text = typed == null ? "" : typed;
        if (text.chars().allMatch(one -> one < 128)) {
            return new NameWords(anywhere(text), null, null, null);
        }
        String small = text.toLowerCase(Locale.ROOT);
        String initials =
                Stream.of(small.split(" ", -1)).map(NameWords::capital).collect(Collectors.joining(" "));
        return new NameWords(
                anywhere(text), anywhere(small), anywhere(initials), anywhere(text.toUpperCase(Locale.ROOT)));
    }

    private static String capital(String word) {
        if (word.isEmpty()) {
            return word;
        }
        int end = word.offsetByCodePoints(0, 1);
        return word.substring(0, end).toUpperCase(Locale.ROOT) + word.substring(end);
    }

    private static String anywhere(String text) {
        return "%" + escaped(text) + "%";
    }

    /** What stands for itself in a pattern. */
    static String escaped(String text) {
        return text.replaceAll("([%_\\\\])", "\\\\$1");
    }
}
