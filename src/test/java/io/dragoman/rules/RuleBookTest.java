// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision.Considered;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.facts.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RuleBookTest {
    private static final String REPLIES = "replies: {a: Answer A, b: Answer B}";

    @Test
    void emptyBookDecidesNothing() {
        assertThat(RuleBook.EMPTY.decide(A.message("x").now())).isEqualTo(Decision.NOTHING);
        assertThat(Book.of("").decide(A.message("x").now())).isEqualTo(Decision.NOTHING);
    }

    @Test
    void theFirstRuleThatSetsAValueKeepsItAndTagsAddUp() {
        RuleBook book = Book.of("""
                rules:
                  - {name: one, reply: a, team: billing, assignee: mara, tags: [x, y], priority: high, desk: billing-desk, note: look}
                  - {name: two, reply: b, team: sales, assignee: max, tags: [y, z], priority: low, desk: helpdesk, drop: spam, close: true, note: twice}
                """, REPLIES, "");
        Decision decision = book.decide(A.message("hello").now());
        assertThat(decision.values("team")).containsExactly("billing");
        assertThat(decision.values("tags")).containsExactly("x", "y", "z");
        assertThat(decision.values("assignee")).containsExactly("mara");
        assertThat(decision.values("priority")).containsExactly("high");
        assertThat(decision.values("desk")).containsExactly("billing-desk");
        assertThat(decision.drop()).isEqualTo("spam");
        assertThat(decision.values("close")).containsExactly("true");
        assertThat(decision.notes()).containsExactly("look", "twice");
        assertThat(decision.replies()).containsExactly(new SendReply("one", "a", "default", "Answer A", null));
        assertThat(decision.rules()).extracting(Considered::rule).containsExactly("one", "two");
        assertThat(decision.rules().get(0).actions())
                .containsExactly(
                        "sets reply to 'a'",
                        "sets team to 'billing'",
                        "sets assignee to 'mara'",
                        "sets priority to 'high'",
                        "sets desk to 'billing-desk'",
                        "adds tag 'x'",
                        "adds tag 'y'",
                        "adds a note",
                        "reply 'a' is sent in 'default'");
        assertThat(decision.rules().get(1).actions())
                .contains(
                        "reply stays 'a' as rule 'one' set it; this rule asks for 'b'",
                        "team stays 'billing' as rule 'one' set it; this rule asks for 'sales'",
                        "assignee stays 'mara' as rule 'one' set it; this rule asks for 'max'",
                        "tag 'y' was added before",
                        "closes the conversation");
    }

    @Test
    void eachAttributeKeepsTheValueOfTheFirstRuleThatSetsIt() {
        RuleBook book = Book.of(
                """
                rules:
                  - {name: one, attribute: {order: late, source: ad}}
                  - {name: two, attribute: {order: lost, more: yes}, reply: a}
                """, "replies: {a: '{{ conversation.attributes.order }} {{ conversation.attributes.more }}'}", "");
        Decision decision = book.decide(
                A.message("x").assigned("mara", Map.of("order", "new")).now());
        assertThat(decision.values("attribute order")).containsExactly("late");
        assertThat(decision.values("attribute source")).containsExactly("ad");
        assertThat(decision.values("attribute more")).containsExactly("yes");
        assertThat(decision.rules().get(1).actions())
                .contains("attribute order stays 'late' as rule 'one' set it; this rule asks for 'lost'");
        assertThat(decision.replies().get(0).text()).isEqualTo("late yes");
    }

    @Test
    void stopEndsTheReadingOnlyWhenTheRuleApplies() {
        RuleBook book = Book.of("""
                rules:
                  - {name: other, when: {text: zebra}, tags: other, stop: true}
                  - {name: this, when: {text: hello}, tags: this, stop: true}
                  - {name: late, tags: late}
                """);
        Decision decision = book.decide(A.message("hello").now());
        assertThat(decision.values("tags")).containsExactly("this");
        assertThat(decision.rules()).extracting(Considered::rule).containsExactly("other", "this");
        assertThat(decision.rules().get(0).actions()).isEmpty();
        assertThat(book.names()).containsExactly("other", "this", "late");
    }

    @Test
    void aTrialEndsWhenItsTimeIsOver() {
        RuleBook book = Book.of("rules: [{name: this, when: {text: hello}, tags: this}]");
        Situation situation = A.message("hello").now();
        assertThat(book.decide(situation, () -> false)).isEqualTo(book.decide(situation));
        assertThatThrownBy(() -> book.decide(situation, () -> true)).isInstanceOf(RuleBook.TookTooLong.class);
    }

    @Test
    void theSameSituationAlwaysGivesTheSameDecision() {
        String rules = """
                rules:
                  - {name: closed, when: {hours: closed}, reply: a, tags: closed}
                  - {name: words, when: {text: {any: [refund, /t(w|h)ice+/, თანხა], none: [spam]}}, team: billing}
                  - {name: cel, when: {if: 'contact.tags.exists(t, t == "vip") || message.parts.size() > 2'}, priority: high}
                  - {name: mail, when: {kind: email, from: "*@example.com"}, tags: [mail], close: true}
                  - {name: rest, when: {has: [image, location], first: true}, note: look, stop: true}
                  - {name: all, reply: b, desk: helpdesk}
                """;
        String replies =
                "replies: {a: {en: \"Hi {{ contact.name }}, {{ hours.nextOpen | date: '%A %H:%M' }}\", de: \"Hallo {{ message.text }}\"}, b: B}";
        String hours = "hours: {default: {zone: Asia/Tbilisi, week: {mon-fri: \"09:00-17:00\"}}}";
        RuleBook one = Book.of(rules, replies, hours);
        RuleBook other = Book.of(rules, replies, hours);
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            Situation situation = random(random);
            Decision decision = one.decide(situation);
            assertThat(one.decide(situation)).isEqualTo(decision);
            assertThat(other.decide(situation)).isEqualTo(decision);
        }
    }

    @Test
    void noInputMakesItThrow() {
        RuleBook book = Book.of(
                """
                rules:
                  - {name: text, when: {text: {any: [x, /.+\\pL$/], none: [y]}, subject: {none: z}}, tags: a}
                  - {name: cel, when: {if: 'message.text.matches("(?i)a.*b") && conversation.tags.size() >= 0'}, tags: b}
                  - {name: reply, reply: r}
                """,
                "replies: {r: \"{{ contact.name | upcase }} {{ message.text | truncate: 20 }} {{ message.text | split: ' ' | last }}\"}",
                "");
        String[] texts = {
            "",
            " ",
            "\0",
            "\uD800",
            "\uDC00\uD800",
            "\uFEFF",
            "\u202Eabc",
            "\u0301".repeat(1_000),
            "a".repeat(200_000),
            "😀".repeat(50_000),
            "\uFDFA".repeat(5_000),
            "{{",
            "{%",
            "\\",
            "%",
            "$",
            "\n".repeat(10_000)
        };
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            String other = texts[(i * 7 + 3) % texts.length];
            Situation situation = A.message(text)
                    .named(other)
                    .about(other, text)
                    .speaking(other, text)
                    .now();
            assertThat(book.decide(situation).rules()).hasSize(3);
        }
        assertThat(book.decide(A.nothingBut(new Part.Unsupported("order", "{}"))
                                .named(null)
                                .now())
                        .rules())
                .hasSize(3);
    }

    private static Situation random(Random random) {
        List<String> words = List.of("refund", "Twice", "ᲗᲐᲜᲮᲐ", "spam", "hello", "{{ x }}", "👩‍💻", "\u0301");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(words.get(random.nextInt(words.size()))).append(random.nextBoolean() ? " " : "");
        }
        A message = A.message(text.toString())
                .from(random.nextBoolean() ? "ana@example.com" : "+49170" + random.nextInt(100))
                .named(random.nextBoolean() ? null : words.get(random.nextInt(words.size())))
                .speaking(random.nextBoolean() ? "de" : null, null)
                .at(Instant.ofEpochSecond(1_790_000_000L + random.nextInt(40_000_000)))
                .after(new Situation.Tally(random.nextInt(5), random.nextInt(3), random.nextInt(70), null));
        if (random.nextBoolean()) {
            message.on("support-mail", "email");
        }
        if (random.nextBoolean()) {
            message.part(new Part.Location(41.7, 44.8, null, null));
        }
        if (random.nextInt(4) == 0) {
            message.consent(CustomerEvent.Consent.OPTED_OUT).later().by("vip");
        }
        return message.now();
    }
}
