// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TriggerRulesTest {
    private static final Trigger HALF_AN_HOUR = new Trigger(On.SILENCE, Duration.ofMinutes(30));

    @Test
    void ruleShouldHaveItsTurnWhenWhatItWaitsForHappens() {
        RuleBook book = Book.of("""
                rules:
                  - {name: a, tags: [message]}
                  - {name: b, on: message, tags: [said]}
                  - {name: c, on: {silence: 30m}, tags: [silence]}
                  - {name: d, on: {silence: 1h}, tags: [later]}
                  - {name: e, on: closed, tags: [closed]}
                  - {name: f, on: comment, tags: [comment]}
                """);
        Situation private1 = A.message("hello").now();
        assertThat(book.decide(private1).values("tags")).containsExactly("message", "said");
        assertThat(book.decide(A.message("hello").from("public:77").now()).values("tags"))
                .containsExactly("message", "said", "comment");
        assertThat(book.decide(when(private1, HALF_AN_HOUR)).values("tags")).containsExactly("silence");
        assertThat(book.decide(when(private1, Trigger.of(On.CLOSED))).values("tags"))
                .containsExactly("closed");
        assertThat(book.decide(when(private1, HALF_AN_HOUR)).rules()).hasSize(1);
        assertThat(book.triggers())
                .containsExactlyInAnyOrder(
                        HALF_AN_HOUR, new Trigger(On.SILENCE, Duration.ofHours(1)), Trigger.of(On.CLOSED));
    }

    @Test
    void stopShouldHideOnlyRulesThatWaitForTheSame() {
        assertThat(Book.read("""
                        rules:
                          - {name: a, on: closed, tags: [x], stop: true}
                          - {name: b, tags: [x]}
                          - {name: c, on: closed, tags: [x]}
                        """, "", "").problems)
                .singleElement()
                .asString()
                .contains("rules[2]", "never reached: rule 'a'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "on: closd, team: a              | is 'closd' but there is no such thing to wait for. Did you mean 'closed'?",
                "on: silence, team: a            | must say for how long, such as on: {silence: 30m}",
                "on: {silence: soon}, team: a    | is 'soon' but must be a time from 1s to 366d, such as 45s, 30m, 2h or 3d.",
                "on: {silence: 0m}, team: a      | must be a time from 1s",
                "on: {silence: 400d}, team: a    | to 366d",
                "on: {survey: 1h}, team: a       | is not a known key",
                "on: {}, team: a                 | must have one entry",
                "on: {silence: 1h, closed: 1h}, team: a | must have one entry",
                "on: closed, drop: spam          | cannot stand in a rule that waits for closed: there is no message to drop",
            })
    void whatCannotStandShouldBeSaid(String rule, String problem) {
        assertThat(Book.read("rules:\n  - {name: it, " + rule + "}\n", "", "").problems)
                .singleElement()
                .asString()
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{hours: \"21:00-21:00\"}' | two different times",
                "'{hours: late}'            | but must be two different times, such as 21:00-08:00",
                "'{}'                       | has no hours",
                "'{hours: \"21:00-08:00\", zone: x}' | is not a known key",
            })
    void quietHoursThatCannotStandShouldBeSaid(String quiet, String problem) {
        assertThat(Book.read("rules: []\nquiet: " + quiet + "\n", "", "").problems)
                .singleElement()
                .asString()
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        // no answer to a message waits
        "+4930123456, , message, 2026-11-23T22:30:00Z, ",
        // by the attribute, by the number's country, by the business's zone
        "+4930123456, Asia/Tbilisi, closed, 2026-11-23T18:30:00Z, 2026-11-24T04:00:00Z",
        "+4930123456, Nowhere/Else, closed, 2026-11-23T18:30:00Z, ",
        "+4930123456, , closed, 2026-11-23T21:30:00Z, 2026-11-24T07:00:00Z",
        "+995322123456, , closed, 2026-11-23T18:30:00Z, 2026-11-24T04:00:00Z",
        "ana, , closed, 2026-11-23T20:30:00Z, ",
        "ana, , closed, 2026-11-23T21:30:00Z, 2026-11-24T08:00:00Z",
        // a country with several zones: until it is late enough in all of them
        "+12125550100, , closed, 2026-11-23T03:00:00Z, 2026-11-23T18:00:00Z",
    })
    void repliesShouldWaitForTheEndOfTheCustomersQuietHours(
            String address, String zone, String on, Instant now, Instant until) {
        RuleBook book = Book.of("""
                rules:
                  - {name: a, on: %s, reply: hello}
                quiet: {hours: "21:00-08:00"}
                """.formatted(on), "replies: {hello: Hello}", "");
        A customer = A.message("x").from(address).at(now);
        if (zone != null) {
            customer.assigned("nobody", Map.of("timezone", zone));
        }
        Trigger trigger = on.equals("message") ? Trigger.MESSAGE : Trigger.of(On.CLOSED);
        SendReply reply = book.decide(when(customer.now(), trigger)).replies().get(0);
        assertThat(reply.waitsUntil()).isEqualTo(until);
        assertThat(reply.suppressed()).isNull();
    }

    @Test
    void whoCannotBeReachedShouldGetNothingForTheReasonThatIsKnown() {
        RuleBook book = Book.of(
                "rules: [{name: a, on: closed, reply: hello}]\nquiet: {hours: \"21:00-08:00\"}",
                "replies: {hello: Hello}",
                "");
        Situation now = A.message("x").at("2026-11-23T21:30:00Z").now();
        SendReply reply = book.decide(new Situation(
                        now.event(),
                        now.conversation(),
                        now.contact(),
                        false,
                        now.tally(),
                        now.now(),
                        Trigger.of(On.CLOSED),
                        "the customer opted out"))
                .replies()
                .get(0);
        assertThat(reply.suppressed()).isEqualTo("the customer opted out");
        assertThat(reply.waitsUntil()).isNull();
    }

    private static Situation when(Situation message, Trigger trigger) {
        return new Situation(
                message.event(),
                message.conversation(),
                message.contact(),
                false,
                message.tally(),
                message.now(),
                trigger,
                null);
    }
}
