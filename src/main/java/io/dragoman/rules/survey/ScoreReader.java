// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.survey;

import io.dragoman.rules.survey.Survey.Scale;
import io.dragoman.rules.text.TextFolding;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands an answer to a survey: a number in the digits of any script or as a word, one of the choices, or a face. What
 * says more than that is no answer, unless it stands behind the number and a mark: {@code 2, too slow}.
 */
public final class ScoreReader {
    private static final int LONGEST = 2_000;
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,3})(?:\\s*/\\s*(\\d{1,3}))?(.*)", Pattern.DOTALL);
    /** What may stand behind a number: nothing but marks, or a mark and a comment. */
    private static final Pattern MORE = Pattern.compile(
            "[\\p{Punct}\\p{IsPunctuation}\\p{So}\\s]*|\\s*[,;:!.)\\-–—\\n،、。]\\s*(\\D.*)", Pattern.DOTALL);

    private static final Pattern STARS = Pattern.compile("(?:[⭐★🌟]\\s*)+");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\uFE0E\\uFE0F\\u20E3\\u200B-\\u200F\\x{1F3FB}-\\x{1F3FF}]");

    /** Of five levels, what faces and hands say. */
    private static final Map<String, Integer> FACES = faces();

    private ScoreReader() {}

    /**
     * What was understood.
     *
     * @param comment what stood behind the number; null for nothing
     */
    public record Answer(int score, @Nullable String comment) {
        @Override
        public String toString() {
            return "Answer[" + score + "]";
        }
    }

    /** Reads it as somebody would write it who was asked in a language; empty when it is something else. */
    public static Optional<Answer> read(Survey survey, String language, String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(text);
        return number(survey.scale(), plain)
                .or(() -> word(survey, language, plain).map(score -> new Answer(score, null)))
                .or(() -> face(survey, plain).map(score -> new Answer(score, null)));
    }

    /** With ASCII digits for those of all scripts, and without what is not seen. */
    public static String plain(String text) {
        String seen = INVISIBLE.matcher(text.replace("🔟", "10")).replaceAll("");
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(seen, Normalizer.Form.NFKC)
                .codePoints()
                .forEach(c -> plain.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
        return plain.toString().strip();
    }

    private static Optional<Answer> number(Scale scale, String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        Matcher more = MORE.matcher(number.group(3));
        int score = Integer.parseInt(number.group(1));
        boolean otherScale = number.group(2) != null && Integer.parseInt(number.group(2)) != scale.most();
        if (!more.matches() || otherScale || !scale.has(score)) {
            return Optional.empty();
        }
        String comment = more.group(1) == null ? null : more.group(1).strip();
        return Optional.of(new Answer(score, comment == null || comment.isEmpty() ? null : comment));
    }

    private static Optional<Integer> word(Survey survey, String language, String text) {
        String folded = folded(text);
        Set<String> languages = new LinkedHashSet<>();
        languages.add(language);
        languages.addAll(survey.texts().keySet());
        languages.add("en");
        for (String tag : languages) {
            List<String> choices = survey.choices(tag);
            for (int i = 0; i < choices.size(); i++) {
                if (!folded.isEmpty() && folded(choices.get(i)).equals(folded)) {
                    return Optional.of(survey.scale().least() + i);
                }
            }
            Optional<Integer> number = NumberWords.number(tag, folded).filter(survey.scale()::has);
            if (number.isPresent()) {
                return number;
            }
        }
        return Optional.empty();
    }

    private static String folded(String text) {
        return TextFolding.fold(text.replaceAll("^[\\p{Punct}\\s]+|[\\p{Punct}\\s]+$", ""));
    }

    /** The faces of a choice first; else of five levels, on scales that have five. */
    private static Optional<Integer> face(Survey survey, String text) {
        String face = text.replaceAll("[\\s!.]+", "");
        List<String> choices = survey.choices(Survey.DEFAULT);
        for (int i = 0; i < choices.size(); i++) {
            if (repeats(face, plain(choices.get(i)))) {
                return Optional.of(survey.scale().least() + i);
            }
        }
        if (survey.scale().least() != 1 || survey.scale().most() != 5 || survey.kind() == Survey.Kind.OWN) {
            return Optional.empty();
        }
        if (STARS.matcher(face).matches()) {
            return Optional.of((int) face.codePoints().count()).filter(survey.scale()::has);
        }
        return FACES.entrySet().stream()
                .filter(entry -> repeats(face, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean repeats(String text, String face) {
        return !text.isEmpty() && !face.isEmpty() && text.replace(face, "").isEmpty();
    }

    private static Map<String, Integer> faces() {
        List<String> levels =
                List.of("😡😠🤬😤👎💔", "🙁☹😞😟😒😕😢😭", "😐😑😶🤷", "🙂😊☺😌👌", "😍🤩😃😀😄😁🥰👍❤💯🎉🙏");
        Map<String, Integer> faces = new java.util.HashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            int level = i + 1;
            levels.get(i).codePoints().forEach(face -> faces.put(Character.toString(face), level));
        }
        return Map.copyOf(faces);
    }
}
