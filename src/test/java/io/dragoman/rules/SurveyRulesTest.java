// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.survey.ScoreReader;
import io.dragoman.rules.survey.ScoreReader.Answer;
import io.dragoman.rules.survey.Survey;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SurveyRulesTest {
    private static final String CSAT = """
            surveys:
              it:
                kind: csat
                text: {en: Content?, de: Zufrieden?, ka: კმაყოფილი ხართ?, th: พอใจไหม, ar: هل أنت راض؟, ja: 満足?}
                choices: {de: [Schlecht, Mäßig, Mittel, Gut, Sehr gut]}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "4             | en | 4 | -",
                " 4 !          | en | 4 | -",
                "4/5           | en | 4 | -",
                "٤             | ar | 4 | -",
                "۴             | ar | 4 | -",
                "๔             | th | 4 | -",
                "４            | ja | 4 | -",
                "4️⃣            | en | 4 | -",
                "five          | en | 5 | -",
                "Five!         | de | 5 | -",
                "FÜNF          | de | 5 | -",
                "sehr gut      | de | 5 | -",
                "Mäßig.        | de | 2 | -",
                "ოთხი          | ka | 4 | -",
                "สี่             | th | 4 | -",
                "أربعة         | ar | 4 | -",
                "五            | ja | 5 | -",
                "😡            | en | 1 | -",
                "😍😍😍        | en | 5 | -",
                "👍🏽           | en | 5 | -",
                "❤️            | en | 5 | -",
                "⭐⭐⭐         | en | 3 | -",
                "2, too slow   | en | 2 | too slow",
                "1: nobody came| en | 1 | nobody came",
                "6             | en | - | -",
                "0             | en | - | -",
                "4/10          | en | - | -",
                "4711          | en | - | -",
                "5 items are missing | en | - | -",
                "4 5           | en | - | -",
                "4.5           | en | - | -",
                "good          | en | - | -",
                "my order 5    | en | - | -",
                "STOP          | en | - | -",
                "⭐⭐⭐⭐⭐⭐    | en | - | -",
            })
    void answersOfCsatShouldBeUnderstood(String text, String language, Integer score, String comment) {
        Optional<Answer> answer = ScoreReader.read(survey(CSAT), language, text);
        assertThat(answer.map(Answer::score).orElse(null)).isEqualTo(score);
        assertThat(answer.map(Answer::comment).orElse(null)).isEqualTo(comment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "10 | 10",
                "1 | 1",
                "0 | 0",
                "١٠ | 10",
                "１０ | 10",
                "🔟 | 10",
                "ten | 10",
                "10/10 | 10",
                "11 | -",
                "100 | -",
                "1 0 | -",
                "👍 | -",
                "9!! | 9",
                "10, always | 10",
            })
    void answersOfNpsShouldBeNumbers(String text, Integer score) {
        Survey nps = survey("surveys: {it: {kind: nps, text: Likely?}}");
        assertThat(ScoreReader.read(nps, "en", text).map(Answer::score).orElse(null))
                .isEqualTo(score);
    }

    @Test
    void contactShouldGetEachAgainAfterATimeOfItsKind() {
        assertThat(survey(CSAT).every()).isEqualTo(Duration.ofDays(30));
        assertThat(survey("surveys: {it: {kind: nps, text: Likely?}}").every()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void questionOfOnesOwnShouldHaveTheScaleOfItsChoices() {
        Survey own = survey("surveys: {it: {kind: own, text: Which?, choices: {default: [Red, Green, Blue]}}}");
        assertThat(own.scale()).isEqualTo(new Survey.Scale(1, 3));
        assertThat(ScoreReader.read(own, "default", "green")).contains(new Answer(2, null));
        assertThat(ScoreReader.read(own, "default", "3")).contains(new Answer(3, null));
        assertThat(ScoreReader.read(own, "default", "4")).isEmpty();
        assertThat(own.attribute()).isEqualTo("it");
    }

    @Test
    void customerShouldBeAskedInTheLanguageThatServesThemBest() {
        Survey survey = survey(CSAT);
        assertThat(survey.language(List.of("de-AT", "en"))).isEqualTo("de");
        assertThat(survey.language(List.of("fr"))).isEqualTo("en");
        assertThat(survey.question("de")).isEqualTo("Zufrieden?");
        assertThat(survey.choices("en")).contains("😍");
        assertThat(survey.version())
                .isNotEqualTo(survey(CSAT.replace("Zufrieden", "Glücklich")).version())
                .isNotEqualTo(survey(CSAT.replace("Mittel", "Mittelgut")).version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{kind: csta, text: x}           | there is no such kind of survey. Did you mean 'csat'?",
                "{text: x}                       | kind is missing: csat, nps, ces or own",
                "{kind: csat}                    | text is missing",
                "{kind: csat, text: {deutsch: x}} | is no language tag",
                "{kind: csat, text: x, choices: {en: [a, b]}} | has 2 choices but must have 5",
                "{kind: nps, text: x, choices: {en: [a, b]}}  | cannot stand here",
                "{kind: own, text: x}            | choices is missing",
                "{kind: own, text: x, choices: {en: [a]}}     | must have 2 to 10",
                "{kind: own, text: x, choices: {en: [a, b], de: [a, b, c]}} | another language has 2",
                "{kind: csat, text: x, every: often}          | must be a time",
                "{kind: csat, text: x, when: {channel: smss}} | Did you mean 'sms'?",
                "{kind: csat, txt: x}            | Did you mean 'text'?",
            })
    void whatCannotStandShouldBeSaid(String survey, String problem) {
        Problems problems = new Problems();
        read("surveys: {it: " + survey + "}", problems);
        assertThat(problems.all().stream().map(Problem::toString))
                .anySatisfy(one -> assertThat(one).contains(problem));
    }

    private static Survey survey(String yaml) {
        Problems problems = new Problems();
        RuleBook book = read(yaml, problems);
        assertThat(problems.all()).isEmpty();
        return book.surveys().get(0);
    }

    private static RuleBook read(String yaml, Problems problems) {
        return RuleBook.read(
                new RuleFiles(
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        Yaml.read("surveys.yaml", yaml, problems).orElseThrow()),
                Set.of("sms"),
                Set.of("helpdesk"),
                problems);
    }
}
