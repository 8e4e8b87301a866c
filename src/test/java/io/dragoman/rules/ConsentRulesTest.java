// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.Purpose;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.facts.Situation.Tally;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing goes out without the consent that its purpose needs. */
final class ConsentRulesTest {
    private static final String RULES = """
            rules:
              - {name: it, reply: it}
            consent: {%s}
            """;
    private static final String REPLY = "replies: {it: {purpose: %s, en: Hello}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // policy | purpose | said | why not
                "           | service   |                  | ",
                "           | service   | service=true     | ",
                "           | service   | service=false    | the customer opted out",
                "service: explicit | service | marketing=true | the customer has not consented to service, which consent.service in rules.yaml asks for",
                "service: explicit | service | service=true   | ",
                "           | survey    |                  | ",
                "           | survey    | survey=false     | the customer withdrew their consent to survey",
                "           | survey    | service=false    | the customer opted out",
                "           | marketing |                  | the customer has not consented to marketing, which consent.marketing in rules.yaml asks for",
                "           | marketing | marketing=true   | ",
                "marketing: implied | marketing |          | ",
                "marketing: implied | marketing | marketing=false | the customer withdrew their consent to marketing",
                "           | service   | marketing=false  | ",
            })
    void replyShouldNeedTheConsentOfItsPurpose(
            @Nullable String policy, String purpose, @Nullable String said, @Nullable String why) {
        RuleBook book = Book.read(RULES.formatted(policy == null ? "" : policy), REPLY.formatted(purpose), "").rules;
        SendReply reply =
                book.decide(A.message("hi").after(saying(said)).now()).replies().get(0);
        assertThat(reply.suppressed()).isEqualTo(why);
        assertThat(reply.text()).isEqualTo(why == null ? "Hello" : "");
        if (why != null) {
            assertThat(reply.detail().orElseThrow()).contains(why);
        }
    }

    private static Tally saying(@Nullable String said) {
        if (said == null) {
            return Tally.NONE;
        }
        String[] words = said.split("=");
        Purpose purpose = Purpose.valueOf(words[0].toUpperCase(java.util.Locale.ROOT));
        return Tally.NONE.with(Map.of(purpose, Boolean.valueOf(words[1])));
    }

    @Test
    void analyticsShouldBeAskedOfItselfAlone() {
        ConsentPolicy policy = ConsentPolicy.DEFAULT;
        assertThat(policy.refuses(Map.of(), Purpose.ANALYTICS)).contains("has not consented to analytics");
        assertThat(policy.refuses(Map.of(Purpose.ANALYTICS, true, Purpose.SERVICE, false), Purpose.ANALYTICS))
                .isNull();
        assertThat(policy.refuses(Map.of(Purpose.ANALYTICS, false), Purpose.ANALYTICS))
                .contains("withdrew");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "marketing: perhaps | is 'perhaps' but there is no such consent that can be needed",
                "sale: explicit     | is not a known key",
            })
    void policyThatCannotStandShouldBeSaid(String policy, String problem) {
        assertThat(Book.read(RULES.formatted(policy), REPLY.formatted("service"), "").problems)
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void purposeThatCannotStandShouldBeSaid() {
        assertThat(Book.read(RULES.formatted(""), REPLY.formatted("analytics"), "").problems)
                .singleElement()
                .asString()
                .contains("there is no such purpose of a reply");
        assertThat(Book.read(RULES.formatted(""), "replies: {it: {purpose: survey}}", "").problems)
                .singleElement()
                .asString()
                .contains("has no text");
    }

    @Test
    void keywordShouldBeTheWholeMessageInALanguageOfTheCountry() {
        RuleBook book = Book.of("""
                rules:
                  - {name: a, when: {keyword: help}, tags: [help]}
                  - {name: b, when: {keyword: [start, stop]}, tags: [word]}
                """);
        A german = A.message("Hilfe!").from("+4915112345678").on("sms", "smpp");
        assertThat(book.decide(german.now()).values("tags")).containsExactly("help");
        assertThat(book.decide(german.on("sms", "twilio").now()).values("tags"))
                .as("Twilio answers it")
                .isEmpty();
        assertThat(book.decide(A.message("Hilfe!").from("+33612345678").now()).values("tags"))
                .isEmpty();
        assertThat(book.decide(A.message("help me").from("+33612345678").now()).values("tags"))
                .isEmpty();
        assertThat(book.decide(A.message("START").consent(Consent.OPTED_IN).now())
                        .values("tags"))
                .containsExactly("word");
    }
}
