// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.rules.facts.Situation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionsTest {
    private static final Part PHOTO = Part.Media.incoming(MediaKind.IMAGE, "image/jpeg", "a.jpg", 4_000L, "x");

    /** A mail of a known customer in a conversation under way. */
    private static Situation mail() {
        return A.message("My order 42 is late, I was charged twice!")
                .part(PHOTO)
                .on("support-mail", "email")
                .from("Ana.Diaz@Example.com")
                .named("Ana Díaz")
                .speaking("de-AT", "fr")
                .about("Order", "Re: Rechnung")
                .with("billing", Priority.HIGH, "refund")
                .assigned("mara", Map.of("order", "late", "source", "ad"))
                .by("VIP", "b2b")
                .later()
                .now();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channel: support-mail",
                "channel: [sms, support-mail]",
                "kind: email",
                "kind: [sms, Email]",
                "text: late",
                "text: [early, LATE]",
                "text: {any: [early, /charge(d)? TWICE/]}",
                "text: {all: [order, late], none: [refund, /\\bEUR\\b/]}",
                "subject: rechnung",
                "from: ana.diaz@example.com",
                "from: '*@example.com'",
                "from: ['*@example.org', 'ana*@*.com']",
                "language: de",
                "language: [fr, de-at]",
                "has: image",
                "has: [video, media]",
                "first: false",
                "contact: {tags: vip}",
                "contact: {tags: {all: [vip, B2B], none: [blocked]}}",
                "contact: {name: díaz}",
                "conversation: {team: billing, priority: [high, urgent], status: open, tags: refund}",
                "conversation: {subject: order, language: de, desk: helpdesk}",
                "conversation: {assignee: Mara, attributes: {order: [lost, late], source: ad}}",
                "if: conversation.assignee == \"mara\" && conversation.attributes.order == \"late\"",
                "automatic: false",
                "if: message.parts.size() > 1 && contact.tags.exists(t, t == \"VIP\")",
            })
    void isMet(String condition) {
        assertThat(Book.matches(condition, mail())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channel: sms",
                "kind: sms",
                "text: lat",
                "text: {all: [order, early]}",
                "text: {none: [order]}",
                "text: /charged once/",
                "subject: order",
                "from: '*@example.co'",
                "from: '*@example.com.evil'",
                "from: ana",
                "language: fr",
                "language: da",
                "has: [video, location]",
                "first: true",
                "contact: {tags: vi}",
                "contact: {tags: {none: vip}}",
                "contact: {name: dia}",
                "contact: {language: de}",
                "conversation: {team: sales}",
                "conversation: {assignee: max}",
                "conversation: {attributes: {order: lost}}",
                "conversation: {attributes: {nothing: late}}",
                "if: conversation.attributes.nothing == \"late\"",
                "if: '\"nothing\" in conversation.attributes'",
                "conversation: {priority: low}",
                "conversation: {status: closed}",
                "automatic: true",
                "if: message.first",
                "text: late\nchannel: sms",
            })
    void isNotMet(String condition) {
        assertThat(Book.matches(condition, mail())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "+49 170 1234,    +491701234,       true",
        "+491701234,      0049 (170) 12-34, true",
        "+49*,            +49 170 1234,     true",
        "+43*,            +49 170 1234,     false",
        "*@ბანკი.გე,      x@ᲑᲐᲜᲙᲘ.ᲒᲔ,       true",
        "a*a,             a,                false",
        "a*b*c,           a--b--c,          true",
        "a*b*c,           a--c,             false",
        "*,               anything,         true",
        "a@example.com,   a@exampleXcom,    false",
    })
    void addressesMatchWholly(String pattern, String address, boolean matches) {
        assertThat(Book.matches(
                        "from: \"" + pattern + "\"",
                        A.message("x").from(address).now()))
                .isEqualTo(matches);
    }

    @Test
    void noWhenAlwaysApplies() {
        assertThat(Book.of("rules:\n  - {name: all, tags: yes}").decide(mail()).values("tags"))
                .containsExactly("yes");
    }

    @Test
    void aMachinesMailIsAutomatic() {
        assertThat(Book.matches(
                        "automatic: true",
                        A.message("x").automatic("Auto-Submitted").now()))
                .isTrue();
    }

    @Test
    void whatWasPickedCountsAsText() {
        Situation picked =
                A.nothingBut(new Part.ChoiceMade("r", "Refund please")).now();
        assertThat(Book.matches("text: refund", picked)).isTrue();
        assertThat(Book.matches("has: choice", picked)).isTrue();
        assertThat(Book.matches("has: text", picked)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ᲗᲐᲜᲮᲐ/", "/თანხ\\pL/", "/\\x{10D7}ანხა/"})
    void expressionsKnowGeorgianCase(String expression) {
        assertThat(Book.matches(
                        "text: '" + expression + "'",
                        A.message("სად არის თანხა?").now()))
                .isTrue();
        assertThat(Book.matches(
                        "text: '" + expression + "'",
                        A.message("ᲡᲐᲓ ᲐᲠᲘᲡ ᲗᲐᲜᲮᲐ?").now()))
                .isTrue();
    }

    @Test
    void expressionsThatExplodeElsewhereTakeLinearTime() {
        // java.util.regex does not come back from this in a lifetime
        Situation hostile = A.message("a".repeat(100_000) + "!").now();
        assertThat(Book.matches("text: '/(a+)+$/'", hostile)).isTrue(); // the 32,768 characters searched are all a
        assertThat(Book.matches(
                        "text: '/(a+)+$/'", A.message("a".repeat(30_000) + "!").now()))
                .isFalse();
        assertThat(Book.why(Book.when("text: zebra"), hostile)).contains("only the first 32768 characters");
    }

    @Test
    void explainsWhatWasFoundAgainstWhatWasWanted() {
        assertThat(Book.why(Book.when("text: {any: [refund, money back]}"), mail()))
                .isEqualTo("'refund', 'money back' not found");
        assertThat(Book.why(Book.when("text: {any: [refund, late]}"), mail())).isEqualTo("'late' found");
        assertThat(Book.why(Book.when("text: {none: late}"), mail())).isEqualTo("'late' found, and must not be");
        assertThat(Book.why(Book.when("channel: sms"), mail())).isEqualTo("is 'support-mail', not 'sms'");
        assertThat(Book.why(Book.when("has: video"), mail())).isEqualTo("has text, image, media, not 'video'");
        assertThat(Book.why(Book.when("language: [it]"), mail())).isEqualTo("is 'de-AT', not 'it'");
        assertThat(Book.why(Book.when("conversation: {attributes: {order: [lost, gone]}}"), mail()))
                .isEqualTo("is 'late', not 'lost', 'gone'");
        assertThat(Book.why(
                        Book.when("conversation: {team: sales}"), A.message("x").now()))
                .isEqualTo("is not set, not 'sales'");
        assertThat(Book.when("text: {any: [refund, late]}")
                        .decide(mail())
                        .rules()
                        .get(0)
                        .checks())
                .extracting(Decision.Check::condition)
                .containsExactly("text.any: refund, late");
    }

    @Test
    void checksStopAtTheFirstThatFails() {
        Decision decision = Book.when("channel: sms\ntext: late").decide(mail());
        assertThat(decision.rules().get(0).checks()).hasSize(1);
        assertThat(decision.rules().get(0).matched()).isFalse();
    }
}
