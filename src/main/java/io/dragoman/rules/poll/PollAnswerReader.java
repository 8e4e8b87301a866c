// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.poll;

import io.dragoman.rules.answer.AnswerWords;
import io.dragoman.rules.survey.ScoreReader;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands an answer to a question of a poll: a choice by its number in the digits of any script, as a word, or by its
 * title; a number; an address for mail; a text. What says more than that is no answer.
 */
public final class PollAnswerReader {
    private static final int LONGEST = 1_000;
    private static final Pattern NUMBER = Pattern.compile("[-−]?\\d{1,12}(?:[.,]\\d{1,6})?");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>()\",;:]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,250}[\\p{L}\\p{N}])?");
    private static final Pattern QUESTION = Pattern.compile("[?？؟՞;]\\s*$");

    private PollAnswerReader() {}

    /**
     * What was understood.
     *
     * @param value as it is kept: of a choice its title in the first language of the poll
     * @param choice its number, from 1 on; null where there are no choices
     */
    public record Answer(String value, @Nullable Integer choice) {
        @Override
        public String toString() {
            return "Answer[" + choice + "]";
        }
    }

    /** A choice that was picked; empty where the question has none of that number. */
    public static Optional<Answer> picked(PollQuestion question, int choice) {
        return question.kind() == PollQuestion.Kind.CHOICE
                        && question.wording().scale().has(choice)
                ? Optional.of(new Answer(question.title(choice), choice))
                : Optional.empty();
    }

    /** Reads what somebody wrote who was asked in a language; empty when it is no answer. */
    public static Optional<Answer> written(PollQuestion question, String language, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            return Optional.empty();
        }
        return switch (question.kind()) {
            case CHOICE ->
                ScoreReader.read(question.wording(), language, text)
                        .filter(read -> read.comment() == null)
                        .flatMap(read -> picked(question, read.score()));
            case NUMBER -> number(question, ScoreReader.plain(text));
            case EMAIL -> email(ScoreReader.plain(text));
            case TEXT -> isForPeople(text) ? Optional.empty() : Optional.of(new Answer(text.strip(), null));
        };
    }

    private static Optional<Answer> number(PollQuestion question, String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text.replace(',', '.').replace('−', '-'));
        BigDecimal min = question.min();
        BigDecimal max = question.max();
        boolean tooSmall = min != null && number.compareTo(min) < 0;
        boolean tooGreat = max != null && number.compareTo(max) > 0;
        return tooSmall || tooGreat
                ? Optional.empty()
                : Optional.of(new Answer(number.stripTrailingZeros().toPlainString(), null));
    }

    private static Optional<Answer> email(String text) {
        int at = text.lastIndexOf('@');
        boolean one = EMAIL.matcher(text).matches()
                && text.indexOf('.', at) > 0
                && !text.substring(at).contains("..");
        return one ? Optional.of(new Answer(text, null)) : Optional.empty();
    }

    /** A question, or a wish for a person, is no text of a form. */
    private static boolean isForPeople(String text) {
        return QUESTION.matcher(text).find()
                || AnswerWords.all().asksForPerson(text).isPresent();
    }
}
