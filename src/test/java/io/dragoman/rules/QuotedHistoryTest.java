// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Part;
import io.dragoman.rules.facts.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a mail, the words that were taken for quoted history are searched too, and the explanation says so. */
final class QuotedHistoryTest {
    private static final String FULL = "Hello,\n\nOn 3 March you wrote:\nwe answer within 5 days.\n\nI want a REFUND.\n"
            + "> Thank you, we have your message. The warranty is two years.\n";

    private static Situation mail() {
        return A.nothingBut(new Part.Text("Hello,", FULL, null)).now();
    }

    @Test
    void wordsThatWereCutOffAreFoundAndSaidToBe() {
        assertThat(Book.matches("text: refund", mail())).isTrue();
        assertThat(Book.why(Book.when("text: refund"), mail()))
                .isEqualTo("'refund' found in what was taken for quoted text");
        assertThat(Book.why(Book.when("text: {all: [hello, /5 days/]}"), mail()))
                .isEqualTo("'hello' found; '/5 days/' found in what was taken for quoted text");
        assertThat(Book.why(Book.when("text: {any: hello}"), mail())).isEqualTo("'hello' found");
        assertThat(Book.why(Book.when("text: {none: refund}"), mail()))
                .isEqualTo("'refund' found in what was taken for quoted text, and must not be");
    }

    @Test
    void ourOwnWordsInMarkedLinesAreNotTheCustomers() {
        assertThat(Book.matches("text: warranty", mail())).isFalse();
        assertThat(Book.matches("text: {none: warranty}", mail())).isTrue();
        assertThat(Book.matches("text: warranty", A.message("> warranty").now()))
                .as("what is seen is searched whatever it begins with")
                .isTrue();
    }

    @Test
    void aRuleMayLookAtWhatIsSeenAlone() {
        assertThat(Book.matches("text: {any: refund, in: visible}", mail())).isFalse();
        assertThat(Book.matches("text: {any: hello, in: visible}", mail())).isTrue();
        assertThat(Book.matches("text: {any: refund, in: all}", mail())).isTrue();
    }

    @Test
    void expressionsHaveBoth() {
        assertThat(Book.matches("if: message.text.contains('REFUND')", mail())).isFalse();
        assertThat(Book.matches("if: message.full.contains('REFUND') && message.full.contains('warranty')", mail()))
                .isTrue();
        assertThat(Book.matches(
                        "if: message.full == message.text", A.message("hi").now()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "text: {any: a, in: quoted}    ~ is 'quoted' but there is no such part of the text",
                "text: {in: visible}           ~ says not what to look for",
                "text: {}                      ~ is empty. Write any, all or none",
                "subject: {any: a, in: visible} ~ in is not a known key",
                "contact: {tags: {any: a, in: visible}} ~ in is not a known key",
            })
    void whatCannotStandIsAProblem(String condition, String problem) {
        String rules = "rules: [{name: it, tags: x, when: {" + condition.strip() + "}}]";
        assertThat(Book.read(rules, "", "").problems).anyMatch(each -> each.contains(problem));
    }
}
