// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.model.UnicodeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** The language of a text, where the channel tells none. Thread-safe. */
public final class LanguageGuess {
    /** Scripts that one language is written in, as far as customers go. */
    private static final Map<UnicodeScript, String> SCRIPTS = new EnumMap<>(Map.of(
            UnicodeScript.GEORGIAN, "ka",
            UnicodeScript.ARMENIAN, "hy",
            UnicodeScript.GREEK, "el",
            UnicodeScript.HEBREW, "he",
            UnicodeScript.THAI, "th",
            UnicodeScript.HANGUL, "ko",
            UnicodeScript.KHMER, "km",
            UnicodeScript.LAO, "lo",
            UnicodeScript.TAMIL, "ta",
            UnicodeScript.HAN, "zh"));

    private static final Pattern TURKMEN = Pattern.compile("[ňžýŇŽÝ]");
    private static final Pattern TURKIC = Pattern.compile("[şçöüŞÇÖÜ]");
    private static final String MODEL = "/langdetect-183.bin";
    private static final int LONGEST = 1_000;
    /** With fewer letters nothing is assumed. */
    private static final int SHORTEST = 12;
    /** So many times as likely as the next must a language be: chosen by measuring, see {@code docs/answers.md}. */
    static final double AHEAD = 1.3;

    private LanguageGuess() {}

    /** The language of a text whose letters are all of a script that no other language has. */
    public static Optional<String> byScript(String text) {
        UnicodeScript only = null;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isLetter(point)) {
                UnicodeScript script = UnicodeScript.of(point);
                if (only != null && only != script) {
                    return Optional.empty();
                }
                only = script;
            }
        }
        return only == null ? Optional.empty() : Optional.ofNullable(SCRIPTS.get(only));
    }

    /** The language that the words of a text are surely of; nothing for a short text, or one that may be of another. */
    public static Optional<String> of(String text) {
        return of(text, AHEAD);
    }

    static Optional<String> of(String text, double ahead) {
        String cut = UnicodeText.cut(text, LONGEST);
        if (cut.codePoints().filter(Character::isLetter).count() < SHORTEST) {
            return byScript(cut);
        }
        return byScript(cut).or(() -> isTurkmen(cut) ? Optional.of("tk") : byWords(cut, ahead));
    }

    /** The model does not know it, and takes it for Turkish or Slovak: no other language has both kinds of letters. */
    private static boolean isTurkmen(String text) {
        return TURKMEN.matcher(text).find() && TURKIC.matcher(text).find();
    }

    private static Optional<String> byWords(String text, double ahead) {
        Language[] guesses = Loaded.DETECTOR.predictLanguages(text);
        boolean sure = guesses.length > 1 && guesses[0].getConfidence() >= ahead * guesses[1].getConfidence();
        return sure ? Optional.of(tag(guesses[0].getLang())) : Optional.empty();
    }

    /** The model names languages by three letters. */
    private static String tag(String code) {
        return code.equals("cmn") ? "zh" : Loaded.TAGS.getOrDefault(code, code);
    }

    /** Loaded when first needed: it takes about a second, and 40 MB. */
    private static final class Loaded {
        static final LanguageDetectorME DETECTOR = detector();
        static final Map<String, String> TAGS = Arrays.stream(Locale.getISOLanguages())
                .collect(Collectors.toMap(
                        two -> Locale.forLanguageTag(two).getISO3Language(), two -> two, (first, second) -> first));

        private static LanguageDetectorME detector() {
            try (InputStream model = Objects.requireNonNull(LanguageGuess.class.getResourceAsStream(MODEL))) {
                return new LanguageDetectorME(new LanguageDetectorModel(model));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
