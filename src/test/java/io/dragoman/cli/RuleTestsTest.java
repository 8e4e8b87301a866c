// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of rules, as {@code check} runs them. */
final class RuleTestsTest {
    private static final String RULES = """
            rules:
              - name: Refunds
                when: {channel: polly, text: refund}
                team: billing
                tags: [refund]
                attribute: {reason: money}
                reply: later
              - {name: Regulars, when: {contact: {tags: vip}}, priority: high, contact: {tags: [seen]}}
              - {name: Closed, when: {hours: closed}, assignee: night}
              - {name: Thanks, when: {text: thanks, conversation: {team: billing}}, close: true}
              - {name: Nobody, on: {silence: 30m}, note: Nobody answers., team: care}
              - {name: Good-bye, on: closed, tags: [bye]}
              - {name: Angry, on: comment, when: {stream: bad, negative: 2}, reply: later}
              - {name: Survey, when: {text: survey}, ask: size}
              - {name: Polled, on: poll, tags: [polled]}
              - {name: Sale, when: {text: sale}, reply: sale}
              - {name: Spam, when: {text: casino}, drop: advertising}
            """;

    private final StringWriter out = new StringWriter();

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void write() {
        home = new Home(folder)
                .write("channels", "channels:\n  polly: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .write("rules", RULES)
                .write("listening", "streams: {bad: {any: scam, tags: [heard]}}\n")
                .write("polls", "polls: {size: {text: Which size?, choices: [S, M, L]}}\n")
                .write(
                        "replies",
                        "replies: {later: 'Dear customer, later.', sale: {purpose: marketing, default: Buy}}\n")
                .write("hours", "hours: {default: {zone: Europe/Berlin, week: {mon-fri: \"09:00-18:00\"}}}\n")
                .variable("TOKEN", "s3cret-word");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "channel: polly, text: a refund            | rules: [Refunds], team: billing, tags: refund, reply: later, text: later, attributes: {reason: money}, close: false",
                "text: a refund                            | rules: none, team: none, reply: none, tags: none, desk: inbox",
                "text: x, contact: {tags: [vip]}           | rules: Regulars, priority: high, contactTags: [seen]",
                "channel: polly, text: [refund, thanks]    | rules: Thanks, close: true",
                "text: x, silence: 30m                     | rules: Nobody, notes: [Nobody answers.], team: care",
                "text: x, silence: 31m                     | rules: none",
                "text: x, on: closed                       | rules: Good-bye, tags: bye",
                "text: a survey                            | rules: Survey, ask: size",
                "text: [a survey, survey again]            | rules: Survey, ask: none",
                "text: x, on: poll                         | rules: Polled, tags: polled",
                "text: a sale                              | rules: Sale, reply: none",
                "text: a sale, consents: {marketing: true} | rules: Sale, reply: sale, text: Buy",
                "text: [a sale, sale], consents: {marketing: true} | rules: Sale, reply: sale",
                "channel: polly, text: refund, consents: {service: false} | rules: Refunds, reply: none",
                "text: casino                              | drop: advertising",
                "text: a terrible scam, public: true       | streams: [bad], tags: [heard], rules: Angry, approval: required, reply: later",
                "text: a terrible scam                     | streams: none, tags: none, approval: none",
            })
    void testThatHoldsShouldBeCounted(String given, String expect) {
        test(given + ", at: \"2026-11-30 11:00\"", expect);
        assertThat(check()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("Rule tests   1\n");
    }

    @Test
    void timeWithoutAnOffsetShouldBeByTheDefaultHours() {
        test("at: \"2026-11-30 17:30\"", "rules: none");
        assertThat(check()).as(out.toString()).isZero();
        test("at: \"2026-11-30T17:30:00Z\"", "rules: Closed, assignee: night");
        assertThat(check()).as(out.toString()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "channel: polly, text: refund | team: care      | config/rules.test.yaml:4:20 tests[0].expect.team fails in the test 'it': expected care, found billing; these apply: Refunds",
                "text: refund                 | reply: later    | expected later, found none; no rule applies",
                "channel: polly, text: refund | text: earlier   | expected a reply with 'earlier', found 'Dear customer, later.'",
                "channel: polly, text: refund | tags: [a, b]    | expected a, b, found refund",
                "channel: polly, text: refund | attributes: {reason: time} | expected time, found money",
                "channel: polly, text: refund | rules: Refund   | there is no such rule. Did you mean 'Refunds'?",
                "channel: poly                | rules: none     | there is no such channel in channels.yaml. Did you mean 'polly'?",
                "text: x                      | teem: care      | teem is not a known key",
                "txet: x                      | team: care      | txet is not a known key. Did you mean 'text'?",
                "text: x, at: noon            | team: care      | is no time such as",
                "text: x, silence: soon       | team: care      | must be a time from 1s",
                "text: x, consents: {sales: true}  | team: care | consents.sales stands under 'sales', which is no purpose. There are service, survey",
                "text: x, consents: {survey: soon} | team: care | consents.survey",
                "text: a sale, consents: {marketing: false} | reply: sale | suppressed: {sale=the customer withdrew their consent to marketing",
                "text: x, on: message         | team: care      | there is no such thing to happen",
            })
    void testThatFailsShouldBeAProblemWithBothSides(String given, String expect, String problem) {
        test(given.contains(" at: ") ? given : given + ", at: \"2026-11-30 11:00\"", expect);
        assertThat(check()).isEqualTo(2);
        assertThat(out.toString()).contains(problem);
    }

    @Test
    void fileThatIsNoTestsShouldBeSaidToBeNone() {
        home.write("rules.test", "tests: [x, {name: a}, {name: b, expect: {team: a}}]\nmore: 1\n");
        assertThat(check()).isEqualTo(2);
        assertThat(out.toString())
                .contains("tests[0]", "tests[1] must have a name", "tests[2] has no given", "more is not a known key");
    }

    @Test
    void exampleThatIsShippedShouldHold() throws Exception {
        for (String name : new String[] {"rules", "rules.test", "replies", "hours"}) {
            home.write(name, Files.readString(Path.of("config/" + name + ".yaml")));
        }
        assertThat(check()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("Rule tests   2\n");
    }

    private void test(String given, String expect) {
        home.write("rules.test", "tests:\n  - name: it\n    given: {" + given + "}\n    expect: {" + expect + "}\n");
    }

    private int check() {
        out.getBuffer().setLength(0);
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(out))
                .execute("check", "--home", folder.toString());
    }
}
