// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.connector.kit.HtmlText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Plain text that programs put beside HTML only because there has to be one: "Please use an HTML reader". */
final class StubText {
    /** A longer text says something. */
    private static final int LONGEST = 1_000;

    /** Words that a stub has in any language, or in its own, for the program that it asks for. */
    private static final Pattern READER = Pattern.compile(
            "(?iu)\\bhtml\\b|\\bbrowser\\b|web.?browser|e-?mail.?(client|program|reader|viewer)|mail.?(client|reader|programm)"
                    + "|messagerie|navigateur|navegador|webbläsare|nettleser|selaim|prohlížeč|przegląd|браузер|ブラウザ|浏览器|瀏覽器");

    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://\\S{1,2000}");
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private StubText() {}

    /** Whether the page says what a reader wants, and the plain text only that there is a page. */
    static boolean standsFor(String plain, String html) {
        if (plain.length() > LONGEST) {
            return false;
        }
        List<String> words = words(ADDRESS.matcher(plain).replaceAll(" "));
        if (!words.isEmpty() && !READER.matcher(plain).find()) {
            return false;
        }
        Set<String> page = Set.copyOf(words(HtmlText.of(HtmlCleaner.parse(html))));
        long shared = words.stream().filter(page::contains).count();
        return !page.isEmpty() && 2 * shared <= words.size();
    }

    private static List<String> words(String text) {
        return Arrays.stream(WORDS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableList());
    }
}
