// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.action.AskPoll;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Situation.Tally;
import io.dragoman.rules.poll.Poll;
import io.dragoman.rules.poll.PollAnswerReader;
import io.dragoman.rules.poll.PollAnswerReader.Answer;
import io.dragoman.rules.poll.PollQuestion;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What polls.yaml says, which answers it understands, and when rules ask. */
final class PollRulesTest {
    private static final String LUNCH = """
            polls:
              lunch:
                text: {en: Pizza or pasta?, de: Pizza oder Nudeln?}
                choices: {en: [Pizza, Pasta], de: [Pizza, Nudeln]}
                right: Pasta
                ifRight: Right!
                ifWrong: {en: No., de: Nein.}
                closes: 2026-12-24 18:00
                every: 30d
                attribute: lunch
            """;

    private static final String FORM = """
            polls:
              order:
                questions:
                  size: {text: Which size?, choices: [S, M, L]}
                  count: {text: How many?, kind: number, min: 1, max: 20.5}
                  mail: {text: Your e-mail?, kind: email}
                  more: {text: Anything else?}
            """;

    @ParameterizedTest
    @CsvSource({"1, 1", "২, 2", "２, 2", "two, 2", "zwei, 2", "PASTA, 2", "nudeln, 2", "Pizza!, 1", "2., 2"})
    void choiceShouldBeUnderstood(String written, int choice) {
        Optional<Answer> answer = written(LUNCH, "lunch", written);
        assertThat(answer.map(Answer::choice)).contains(choice);
        assertThat(answer.map(Answer::value)).contains(choice == 1 ? "Pizza" : "Pasta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "0", "2 pizzas are missing", "2, because I like it", "pizza or what", "?", ""})
    void somethingElseShouldBeNoChoice(String written) {
        assertThat(written(LUNCH, "lunch", written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "count, 7, 7",
        "count, ٧, 7",
        "count, '2,5', 2.5",
        "count, 20.5, 20.5",
        "mail, ana@example.org, ana@example.org",
        "mail, ana+x@bücher.example, ana+x@bücher.example",
        "more, ' no thanks ', no thanks"
    })
    void otherAnswersShouldBeUnderstood(String question, String written, String value) {
        assertThat(written(FORM, question, written).map(Answer::value)).contains(value);
    }

    @ParameterizedTest
    @CsvSource({
        "count, 0",
        "count, 21",
        "count, seven",
        "count, 7 please",
        "count, 99999999999999999999",
        "mail, ana",
        "mail, ana@example",
        "mail, ana@exa..mple.org",
        "mail, a b@example.org",
        "more, Why do you ask?",
        "more, I want to talk to a human"
    })
    void otherTextShouldBeNoAnswer(String question, String written) {
        assertThat(written(FORM, question, written)).isEmpty();
    }

    @Test
    void rightChoiceShouldBeToldInTheLanguage() {
        PollQuestion question = read(LUNCH).polls().get(0).questions().get(0);
        assertThat(question.verdict(2, "de")).contains("Right!");
        assertThat(question.verdict(1, "de")).contains("Nein.");
        assertThat(read(FORM).polls().get(0).questions().get(0).verdict(1, "en"))
                .isEmpty();
    }

    @Test
    void pollShouldEndAtItsTime() {
        Poll poll = read(LUNCH).polls().get(0);
        Instant closes = Instant.parse("2026-12-24T18:00:00Z");
        assertThat(poll.closes()).isEqualTo(closes);
        assertThat(poll.isOpen(closes.minusSeconds(60), closes.minusSeconds(1))).isTrue();
        assertThat(poll.isOpen(closes.minusSeconds(60), closes)).isFalse();
        assertThat(poll.isOpen(closes.minus(Duration.ofDays(8)), closes.minusSeconds(1)))
                .as("expires")
                .isFalse();
        assertThat(poll.refuses(null, closes)).contains("closed");
        assertThat(poll.refuses(closes.minus(Duration.ofDays(31)), closes.minusSeconds(1)))
                .as("every")
                .isNull();
        assertThat(poll.refuses(closes.minus(Duration.ofDays(29)), closes.minusSeconds(1)))
                .contains("every");
    }

    @Test
    void ruleShouldAskOnceAndSayWhyNotAgain() {
        RuleBook rules = read(LUNCH);
        Situation first = A.message("hi").speaking("de", null).now();
        AskPoll asked = rules.decide(first).ask().orElseThrow();
        assertThat(asked.suppressed()).isNull();
        assertThat(asked.language()).isEqualTo("de");
        assertThat(rules.decide(first).values("ask")).containsExactly("lunch");
        Tally before = new Tally(1, 1, 1, null, null, false, null, Map.of(), Map.of("lunch", first.now()));
        Decision again = rules.decide(A.message("hi").after(before).now());
        assertThat(again.values("ask")).isEmpty();
        assertThat(again.rules().get(0).actions())
                .anyMatch(one -> one.contains("is not asked: the contact was asked it"));
        Decision guarded =
                rules.decide(A.message("hi").after(new Tally(3, 0, 0, null)).now());
        assertThat(guarded.ask().orElseThrow().suppressed()).contains("guard.perContact");
    }

    @Test
    void languageShouldBeThatOfTheWordsWhereNothingTellsIt() {
        RuleBook rules = read(LUNCH);
        Tally guess = Tally.NONE.guessing("de");
        String words = "Guten Tag, ich möchte heute gern etwas zu essen bestellen";
        assertThat(language(rules, A.message(words).now())).isEqualTo("de");
        assertThat(language(rules, A.message("hi").now())).as("too few words").isEqualTo("en");
        assertThat(language(rules, A.message("hi").after(guess).now()))
                .as("what came before")
                .isEqualTo("de");
        assertThat(language(
                        rules,
                        A.message(words).after(guess).speaking("en", null).now()))
                .as("what is told goes before")
                .isEqualTo("en");
    }

    private static String language(RuleBook rules, Situation situation) {
        return rules.decide(situation).ask().orElseThrow().language();
    }

    @Test
    void mistakesShouldBeNamed() {
        assertThat(problems("""
                polls:
                  a: {text: Hi, choices: [x]}
                  b: {choices: [x, y]}
                  c: {text: {en: A, de: B}, choices: {en: [x, y]}}
                  d: {text: A, choices: [x, y], right: z}
                  e: {text: A, kind: number, min: 5, max: 2}
                  f: {text: A, choices: [x, y], closes: tomorrow}
                  g: {text: A, questions: {q: {text: B}}}
                  h: {text: A, ifRight: yes}
                  9: {text: A}
                  i: {text: A, kind: choice}
                  j: {text: A, kind: email, max: 3}
                  k: {text: A, attribute: same}
                  l: {text: A, attribute: same}
                  m: {questions: {}}
                """))
                .anyMatch(one -> one.contains("has 1 choices but must have 2 to 10"))
                .anyMatch(one -> one.contains("is missing: it is what the customer is asked"))
                .anyMatch(one -> one.contains("has a text but no choices in: de"))
                .anyMatch(one -> one.contains("no such choice in the first language"))
                .anyMatch(one -> one.contains("min that is above its max"))
                .anyMatch(one -> one.contains("must be a time such as"))
                .anyMatch(one -> one.contains("cannot stand beside questions"))
                .anyMatch(one -> one.contains("right does not say what is right"))
                .anyMatch(one -> one.contains("name is at most 40"))
                .anyMatch(one -> one.contains("is missing: what can be picked"))
                .anyMatch(one -> one.contains("not number"))
                .anyMatch(one -> one.contains("attribute of another question"))
                .anyMatch(one -> one.contains("has 0 questions"))
                .anyMatch(one -> one.contains("no such poll in polls.yaml"));
    }

    private static Optional<Answer> written(String polls, String question, String text) {
        return PollAnswerReader.written(
                read(polls).polls().get(0).question(question).orElseThrow(), "en", text);
    }

    private static RuleBook read(String polls) {
        Problems problems = new Problems();
        RuleBook book = book(polls, polls.contains("lunch") ? "lunch" : "order", problems);
        assertThat(problems.all()).isEmpty();
        return book;
    }

    private static List<String> problems(String polls) {
        Problems problems = new Problems();
        book(polls, "lunch", problems);
        return problems.all().stream().map(Problem::toString).toList();
    }

    private static RuleBook book(String polls, String asked, Problems problems) {
        return RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", "rules: [{name: Asks, ask: " + asked + "}]", problems)
                                .orElseThrow(),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        Yaml.read("polls.yaml", polls, problems).orElseThrow(),
                        null),
                Book.CHANNELS,
                Book.DESKS,
                problems);
    }
}
