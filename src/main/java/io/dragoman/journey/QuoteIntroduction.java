// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.kit.DateText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line or two right above a quote of ours in which a mail program says who wrote when, known by that alone: a date
 * with a time, beside an address that is not the customer's or the name that we wrote under. Whatever else stands there
 * is the customer's. Immutable.
 *
 * @param customers the customer's addresses, in lower case
 * @param name who wrote the text that is quoted, in lower case; null for nobody who says a name
 */
record QuoteIntroduction(Set<String> customers, @Nullable String name) {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s<>()\\[\\]:;,\"']{1,64}@[^\\s<>()\\[\\]:;,\"']{2,255}");
    private static final Pattern RULE = Pattern.compile("[\\s>|_=*~\\p{Pd}\\u2500-\\u257F]{0,300}");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]{2,}");
    private static final int SHORTEST_NAME = 3;
    private static final int LONGEST = 300;
    private static final int MOST_LINES = 3;
    private static final int MOST_WORDS = 14;

    /** No program wraps at fewer columns. */
    private static final int NARROWEST = 60;

    /** The line that it starts in, of those above a line; that line itself where nothing introduces it. */
    int start(List<String> lines, int quote) {
        int start = quote - 1;
        while (start >= 0 && RULE.matcher(lines.get(start)).matches()) {
            start--;
        }
        String text = "";
        for (int i = 0; i < MOST_LINES && start >= 0; i++) {
            text = lines.get(start).strip() + " " + text;
            if (text.length() > LONGEST) {
                return quote;
            }
            if (introduces(text)) {
                return start;
            }
            if (start == 0
                    || !wrapped(lines.get(start - 1).strip(), lines.get(start).strip())) {
                return quote;
            }
            start--;
        }
        return quote;
    }

    /** Whether a line was broken because the next word did not fit. */
    private static boolean wrapped(String line, String next) {
        int space = next.indexOf(' ');
        return !line.isEmpty() && line.length() + 1 + (space < 0 ? next.length() : space) > NARROWEST;
    }

    private boolean introduces(String text) {
        String rest = ADDRESS.matcher(text).replaceAll(" ");
        return DateText.withTimeIn(text)
                && (named(text) || addressed(text))
                && WORD.matcher(rest).results().count() <= MOST_WORDS;
    }

    private boolean addressed(String text) {
        List<String> addresses = ADDRESS.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(found -> found.group())
                .toList();
        return !addresses.isEmpty() && addresses.stream().noneMatch(customers::contains);
    }

    private boolean named(String text) {
        return name != null
                && name.length() >= SHORTEST_NAME
                && Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])")
                        .matcher(text.toLowerCase(Locale.ROOT))
                        .find();
    }

    @Override
    public String toString() {
        return "QuoteIntroduction[…]";
    }
}
