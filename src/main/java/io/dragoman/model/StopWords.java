// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import io.dragoman.model.CustomerEvent.Consent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words by which customers stop, start and ask about short messages when they are the whole of one: in English, and in
 * the languages of the country that their number is of. They stand in {@code stop-words.txt}.
 */
public final class StopWords {
    /** No word is as long, so nothing longer is looked at. */
    private static final int LONGEST = 40;

    private static final String EVERYWHERE = "*";
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{M}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    /** The accents of Latin, Greek and Cyrillic letters, which are left out on phones. */
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F]");
    /** What stands in texts without being seen. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");

    private static final List<Language> LANGUAGES = read();

    private StopWords() {}

    private record Language(Set<String> countries, Set<String> stop, Set<String> start, Set<String> help) {
        boolean isSpoken(@Nullable String country) {
            return countries.contains(EVERYWHERE) || (country != null && countries.contains(country));
        }
    }

    /**
     * What a text says of being written to; null for nothing.
     *
     * @param number the customer's, with its country; what is none is of no country
     */
    public static @Nullable Consent consent(String text, String number) {
        String word = word(text);
        if (!word.isEmpty() && word.length() <= LONGEST) {
            String country = PhoneNumber.country(number).orElse(null);
            if (spoken(country).anyMatch(one -> one.stop.contains(word))) {
                return Consent.OPTED_OUT;
            } else if (spoken(country).anyMatch(one -> one.start.contains(word))) {
                return Consent.OPTED_IN;
            }
        }
        return null;
    }

    /** Whether a text asks what the messages are about. */
    public static boolean asksForHelp(String text, String number) {
        String word = word(text);
        return !word.isEmpty()
                && word.length() <= LONGEST
                && spoken(PhoneNumber.country(number).orElse(null)).anyMatch(one -> one.help.contains(word));
    }

    private static Stream<Language> spoken(@Nullable String country) {
        return LANGUAGES.stream().filter(one -> one.isSpoken(country));
    }

    /** As it is compared: without accents, case, marks around it and what is not seen; empty for what is too long. */
    private static String word(String text) {
        if (text.length() > 4 * LONGEST) {
            return "";
        }
        String plain =
                UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        String lower =
                ACCENTS.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT).replace('ı', 'i');
        String composed = Normalizer.normalize(lower, Normalizer.Form.NFC);
        return SPACE.matcher(AROUND.matcher(composed).replaceAll("")).replaceAll(" ");
    }

    private static List<Language> read() {
        try (InputStream file = StopWords.class.getResourceAsStream("stop-words.txt")) {
            return new String(Optional.ofNullable(file).orElseThrow().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .map(part ->
                            new Language(Set.of(part[1].split(" ")), words(part[2]), words(part[3]), words(part[4])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> words(String list) {
        return Stream.of(list.split(",")).map(StopWords::word).collect(Collectors.toUnmodifiableSet());
    }
}
