// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.rules.action.AnswerQuestion;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.AnswerOutcome.Kind;
import io.dragoman.rules.answer.AnswerWords;
import io.dragoman.rules.facts.Situation.Tally;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an answer is given, when nothing is said, and when people go on. */
final class AnsweringTest {
    private static final String FAQ = """
            faq:
              - {question: When will my order arrive?, answer: In three days., language: en, source: "https://shop.example/when", tags: [delivery]}
              - {question: How do I return an item?, answer: Send it back., language: en, tags: [return]}
              - {question: Wann kommt meine Bestellung an?, answer: In drei Tagen., language: de, tags: [delivery]}
              - {question: როდის მოვა ჩემი შეკვეთა?, answer: სამ დღეში., language: ka, source: "https://shop.example/ka"}
            """;
    private static final String REPLIES = """
            replies:
              voice: {en: "Hi {{ contact.name }}! {{ answer.text }} ({{ answer.source }})", de: "Moin! {{ answer.text }}"}
              ask: {en: Happy?, de: Zufrieden?}
              people: {en: Hold on., de: Moment.}
            """;

    private static RuleBook book(String answer) {
        return Book.answering("rules: [{name: faq, answer: " + answer + "}]", REPLIES, FAQ);
    }

    private static AnswerOutcome answer(String answer, A message) {
        return outcome(book(answer).decide(message.now()));
    }

    private static AnswerOutcome outcome(Decision decision) {
        return Objects.requireNonNull(decision.answer().orElseThrow().outcome());
    }

    private static A after(String text, String state, int misses) {
        return A.message(text)
                .later()
                .assigned("x", Map.of(AnswerQuestion.STATE, state, AnswerQuestion.MISSES, String.valueOf(misses)));
    }

    @Test
    @DisplayName("the answer is in the language of the question, with its source and a question of its own")
    void answerShouldHaveItsSource() {
        AnswerOutcome outcome =
                answer("true", A.message("გამარჯობა, როდის მოვა შეკვეთა").speaking("en", null));
        assertThat(outcome.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(outcome.text()).isEqualTo("სამ დღეში.\nhttps://shop.example/ka");
        assertThat(outcome.ask()).isEqualTo(new AnswerOutcome.Ask("დაგეხმარათ ეს?", "დიახ", "არა"));
        assertThat(outcome.language()).isEqualTo("ka");
    }

    @Test
    void everyAnswerAndMissShouldBeExplainedWithItsScores() {
        Decision given = book("true")
                .decide(A.message("when does my order arrive")
                        .speaking("en", null)
                        .now());
        assertThat(given.rules().get(0).actions().toString())
                .contains("answer: answered", "'When will my order arrive?' at faq.yaml:2", "searched in 'en'", " 0.");
        Decision missed = book("true")
                .decide(A.message("does the item glow at night")
                        .speaking("en", null)
                        .now());
        assertThat(missed.rules().get(0).actions().toString())
                .contains("answer: missed, nothing in the FAQ is near enough", "'How do I return an item?' (en) 0.");
        assertThat(outcome(missed).speaks()).isFalse();
    }

    @Test
    void replyShouldGiveItsVoice() {
        AnswerOutcome outcome = answer(
                "{reply: voice, helped: ask, handOver: people}",
                A.message("When will my order arrive?").speaking("en", null));
        assertThat(outcome.text()).isEqualTo("Hi Ana! In three days. (https://shop.example/when)");
        assertThat(Objects.requireNonNull(outcome.ask()).question()).isEqualTo("Happy?");
        assertThat(answer(
                                "{handOver: people}",
                                A.message("ich will einen Menschen").speaking("de", null))
                        .text())
                .isEqualTo("Moment.");
    }

    @Test
    void tagsShouldChoose() {
        assertThat(answer(
                                "{tags: [return]}",
                                A.message("When will my order arrive?").speaking("en", null))
                        .kind())
                .isEqualTo(Kind.MISSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I want to speak to a human",
                "Bitte verbinden Sie mich mit einem Mitarbeiter",
                "je veux parler à quelqu'un",
                "quiero hablar con una persona",
                "müşteri temsilcisi istiyorum",
                "позовите оператора",
                "أريد موظف",
                "मुझे किसी से बात करनी है",
                "转人工",
                "chcę porozmawiać z kimś",
                "ოპერატორთან დამაკავშირეთ",
                "օպերատոր",
                "operator gerek"
            })
    @DisplayName("who asks for a person gets one, in whatever language")
    void requestShouldHandOver(String text) {
        AnswerOutcome outcome = answer("true", A.message(text));
        assertThat(outcome.kind()).isEqualTo(Kind.HANDED_OVER);
        assertThat(outcome.why()).startsWith("the customer asked for a person");
    }

    @Test
    void requestShouldHandOverBeyondTheBudgetToo() {
        AnswerOutcome outcome =
                answer("true", A.message("a human please").speaking("en", null).after(new Tally(9, 9, 0, null)));
        assertThat(outcome.kind()).isEqualTo(Kind.HANDED_OVER);
        assertThat(outcome.speaks()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "yes,HELPED",
        "Yes!,HELPED",
        "👍,HELPED",
        "1,HELPED",
        "١,HELPED",
        "დიახ,HELPED",
        "no,MISSED",
        "Nein.,MISSED",
        "2,MISSED",
        "არა,MISSED"
    })
    void yesAndNoShouldBeUnderstood(String text, Kind expected) {
        assertThat(answer("true", after(text, "answered", 0).speaking("en", null))
                        .kind())
                .isEqualTo(expected);
    }

    @Test
    void choiceShouldBeUnderstood() {
        A no = A.nothingBut(new Part.ChoiceMade(AnswerOutcome.NO, "Nope", null))
                .assigned("x", Map.of(AnswerQuestion.STATE, "answered"))
                .speaking("en", null);
        assertThat(answer("true", no).kind()).isEqualTo(Kind.MISSED);
        assertThat(answer("true", no).text()).startsWith("I am sorry.");
    }

    @Test
    @DisplayName("a yes that answers nothing of ours is no yes")
    void yesShouldNeedAQuestion() {
        assertThat(answer("true", A.message("yes").speaking("en", null)).kind()).isEqualTo(Kind.NOTHING);
        assertThat(answer("true", after("danke!", "helped", 0)).kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void secondMissShouldHandOver() {
        AnswerOutcome second = answer("true", after("it glows", "missed", 1).speaking("en", null));
        assertThat(second.kind()).isEqualTo(Kind.HANDED_OVER);
        assertThat(second.why()).isEqualTo("nothing in the FAQ is near enough, after 2 misses");
        assertThat(answer("{misses: 3}", after("it glows", "missed", 1).speaking("en", null))
                        .kind())
                .isEqualTo(Kind.MISSED);
    }

    @Test
    void doubtShouldHandOverAtOnceWhereItIsSaidTo() {
        assertThat(answer("{doubt: hand-over}", A.message("it glows").speaking("en", null))
                        .kind())
                .isEqualTo(Kind.HANDED_OVER);
    }

    @Test
    @DisplayName("a person who answered is never interrupted, nor is one who was called")
    void peopleShouldNotBeInterrupted() {
        Tally people = new Tally(0, 0, 0, null, null, false, "a person has answered in this conversation");
        AnswerOutcome outcome =
                answer("true", A.message("When will my order arrive?").after(people));
        assertThat(outcome.kind()).isEqualTo(Kind.NOTHING);
        assertThat(outcome.why()).isEqualTo("a person has answered in this conversation");
        assertThat(answer("true", after("When will my order arrive?", "handed-over", 2))
                        .kind())
                .isEqualTo(Kind.NOTHING);
    }

    @Test
    void machineShouldGetNothing() {
        Decision decision = book("true")
                .decide(A.message("I want a human").automatic("a list").now());
        assertThat(outcome(decision).kind()).isEqualTo(Kind.NOTHING);
        assertThat(decision.subjects()).isEmpty();
    }

    @Test
    void customerWhoOptedOutShouldGetNothing() {
        AnswerOutcome outcome = answer(
                "true",
                A.message("When will my order arrive?").speaking("en", null).consent(CustomerEvent.Consent.OPTED_OUT));
        assertThat(outcome.suppressed()).isEqualTo("the customer opted out");
        assertThat(outcome.speaks()).isFalse();
    }

    @Test
    void decisionShouldBeReadAsItWasWritten() throws Exception {
        Decision decision = book("{tags: [delivery]}")
                .decide(A.message("When will my order arrive?")
                        .speaking("en", null)
                        .now());
        Decision read = Json.read(Json.write(decision), Decision.class);
        assertThat(read).isEqualTo(decision);
        assertThat(read.notes()).containsExactly("Answered from the FAQ: When will my order arrive?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            perhaps           | is 'perhaps' but must be true or false.
            {misses: 0}       | is '0' but must be a whole number from 1 to 9.
            {doubt: guess}    | is 'guess' but there is no such doubt.
            {reply: nowhere}  | is 'nowhere' but there is no such reply in replies.yaml.
            {tag: x}          | is not a known key.
            """)
    void errorShouldBeTold(String answer, String expected) {
        List<String> problems = Book.read("rules: [{name: faq, answer: " + answer + "}]", "", "").problems;
        assertThat(problems).singleElement().asString().contains(expected);
    }

    @Test
    void everyLanguageOfTheWordsShouldHaveAllOfThem() {
        assertThat(AnswerWords.all().languages())
                .hasSizeGreaterThanOrEqualTo(16)
                .contains("ka", "hy", "tk");
    }
}
