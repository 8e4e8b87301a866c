// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The length of a post as X counts it (docs.x.com, "Counting characters", and the configuration of its library
 * twitter-text): what is written in Latin, Greek, Cyrillic, Arabic and their neighbours has 1 a character, anything else
 * 2, a web address 23 whatever its length. Where it is not sure what X sees, the longer count is taken, so that it never
 * says less than X does: X knows which emoji are joined to one, here each piece counts.
 */
final class WeightedText {
    /** What X puts in an address's place. */
    private static final int ADDRESS = 23;

    /** Such as {@code a.de}. */
    private static final int SHORTEST = 4;

    /** Ends of names that X surely knows; every country has two letters. */
    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(Locale.getISOCountries()),
                    Stream.of("COM", "NET", "ORG", "EDU", "GOV", "INFO", "BIZ", "APP", "DEV", "SHOP", "UK", "EU"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String HOST = "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}";
    private static final String SURE = "(?<![\\w@#$.%/+-])https?://" + HOST + "(?<end>[A-Za-z]{2,6})(?![\\w.@:\\p{M}-])"
            + "(?:/(?:[\\w%.=~+/-]*[\\w/=+-])?)?(?:\\?[\\w&=%./+-]*[\\w=&/-])?";
    private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}_-]{0,61}[\\p{L}\\p{N}\\p{M}])?";
    private static final String PERHAPS = "(?:https?://)?(?:" + LABEL + "\\.){1,8}[\\p{L}\\p{M}]{2,63}";

    /** An address without doubt, no further than X surely reads it; else what may be one; else what a reader sees as one. */
    static final Pattern PIECE = Pattern.compile("(?:" + SURE + ")|(?:" + PERHAPS + ")|\\X");

    private WeightedText() {}

    /** How long it is. */
    static int count(String text) {
        int sum = 0;
        Matcher piece = PIECE.matcher(text);
        while (piece.find()) {
            sum += weight(piece);
        }
        return sum;
    }

    /** Of what {@link #PIECE} found. */
    static int weight(Matcher piece) {
        String found = piece.group();
        String end = piece.group("end");
        if (end != null && KNOWN.contains(end.toUpperCase(Locale.ROOT))) {
            return ADDRESS;
        }
        int weight = Normalizer.normalize(found, Normalizer.Form.NFC)
                .codePoints()
                .map(WeightedText::ofCharacter)
                .sum();
        boolean address = end != null || found.indexOf('.') > 0;
        if (!address) {
            return weight;
        }
        // in other scripts X may see addresses in parts of it, as where no space stands behind one
        boolean plain = found.chars().allMatch(letter -> letter < 128);
        int dots = (int) found.chars().filter(letter -> letter == '.').count();
        return plain ? Math.max(ADDRESS, weight) : weight + (ADDRESS - SHORTEST) * dots;
    }

    private static int ofCharacter(int point) {
        boolean light = point <= 0x10FF
                || (point >= 0x2000 && point <= 0x200D)
                || (point >= 0x2010 && point <= 0x201F)
                || (point >= 0x2032 && point <= 0x2037);
        return light ? 1 : 2;
    }
}
