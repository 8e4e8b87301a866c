// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.schema.SchemaKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RulesProblemsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "replly: hello                       | rules.yaml:2:16 rules[0].replly is not a known key. Did you mean 'reply'?",
                "reply: helo                         | is 'helo' but there is no such reply in replies.yaml. Did you mean 'hello'?",
                "desk: billing                       | there is no such desk in desks.yaml. Did you mean 'billing-desk'?",
                "priority: hihg                      | Did you mean 'high'?",
                "team: [a, b]                        | must be a single value",
                "team: ''                            | is blank",
                "tags: []                            | is an empty list",
                "drop: true                          | must be the reason",
                "attribute: late                     | must be a map",
                "attribute: {a b: c}                 | an attribute's name is at most 64 letters",
                "attribute: {order: [a]}             | must be a single value",
                "attribute: {order: ''}              | is blank",
                "attribute: {}                       | does nothing",
                "close: yes                          | is 'yes' but must be true or false",
                "when: {chanel: sms}, team: a        | Did you mean 'channel'?",
                "when: {channel: smss}, team: a      | Did you mean 'sms'?",
                "when: {text: []}, team: a           | is an empty list",
                "when: {text: {}}, team: a           | is empty",
                "when: {text: {al: [x]}}, team: a    | Did you mean 'all'?",
                "when: {text: [[x]]}, team: a        | must be a single value",
                "when: {text: '  '}, team: a         | is blank",
                "when: {text: '/(a/'}, team: a       | is not an RE2 expression: missing closing )",
                "when: {text: '/(?=a)b/'}, team: a   | RE2 has no look-ahead",
                "when: {text: '/(a)\\1/'}, team: a    | RE2 has no look-ahead",
                "when: {text: '/((a{100}){9}){9}/'}, team: a | too large an expression",
                "when: {text: '/x*/'}, team: a       | matches every message",
                "when: {language: deutsch}, team: a  | must be a language tag",
                "when: {has: picture}, team: a       | there is no such content",
                "when: {first: maybe}, team: a       | must be true or false",
                "when: {hours: closed}, team: a      | hours.yaml has none",
                "when: {hours: {is: shut, name: x}}, team: a | there is no such",
                "when: {hours: {name: x}}, team: a   | has no 'is'",
                "when: {contact: {tag: x}}, team: a  | Did you mean 'tags'?",
                "when: {contact: x}, team: a         | must be a map",
                "when: {conversation: {status: shut}}, team: a | there is no such status",
                "when: {if: ''}, team: a             | is blank",
                "when: [text], team: a               | must be a map",
                "stop: false                         | does nothing",
            })
    void whatCannotStandIsAProblemWithARemedy(String rule, String problem) {
        Book book = Book.read("rules:\n  - {name: it, " + rule.strip() + "}", "replies: {hello: Hi}", "");
        assertThat(book.problems)
                .isNotEmpty()
                .allMatch(each -> each.startsWith("rules.yaml:2:"))
                .anyMatch(each -> each.contains(problem));
    }

    @Test
    void namesAreGivenAndDiffer() {
        Book book = Book.read("""
                rules:
                  - {name: Refunds, team: a}
                  - {name: REFUNDS, team: a}
                  - {team: a}
                  - {name: '', team: a}
                  - just text
                rule: []
                """, "", "");
        assertThat(book.problems).hasSize(5);
        assertThat(book.problems.get(0)).contains("rules.yaml:3:12").contains("as another rule is");
        assertThat(book.problems.get(1)).contains("has no name");
        assertThat(book.problems.get(2)).contains("is blank");
        assertThat(book.problems.get(3)).contains("must be a map");
        assertThat(book.problems.get(4)).contains("Did you mean 'rules'?");
    }

    @Test
    void rulesBehindAnUnconditionalStopAreNeverReached() {
        Book book = Book.read("rules:\n  - {name: a, team: x, stop: true}\n  - {name: b, team: y}", "", "");
        assertThat(book.problems).singleElement().asString().contains("is never reached");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        Book book = Book.read("""
                rules:
                  - name: a
                    when: {chanel: sms, text: '/(/', if: message.x == 1, hours: open}
                    reply: nope
                    desk: nope
                guard: {perContact: x}
                """, "replies: {r: '{{ x'}", "hours: {x: {zone: Nowhere/At-All, week: {}}}");
        assertThat(book.problems).hasSize(8);
    }

    @Test
    void aBrokenFileStillReads() {
        for (String yaml :
                new String[] {"[]", "x", "rules: x", "rules: {a: b}", "rules: [[], {}, null, 7]", "rules:"}) {
            Book.read(yaml, yaml.replace("rules", "replies"), yaml.replace("rules", "hours"))
                    .rules
                    .decide(A.message("x").now());
        }
    }

    @Test
    void everyKeyIsDescribedOnceInASentence() {
        Set<String> seen = new HashSet<>();
        assertThat(RuleBook.keys()).allSatisfy(key -> {
            assertThat(seen.add(key.path())).isTrue();
            assertThat(key.about()).matches("[A-Z].{8,}\\.");
            assertThat(key.example()).isNotBlank();
        });
        assertThat(RuleBook.keys())
                .extracting(key -> key.path().replaceFirst("[^.]*$", ""))
                .contains(
                        "rules[].",
                        "rules[].when.",
                        "rules[].when.contact.",
                        "rules[].when.conversation.",
                        "search.",
                        "opening.",
                        "guard.",
                        "trigger.",
                        "quiet.",
                        "surveys.*.",
                        "streams.*.",
                        "negative.*.",
                        "replies.",
                        "business.",
                        "hours.*.",
                        "holiday.");
    }

    @Test
    void everyKeysExampleWorks() {
        String hours = "hours: {default: {zone: UTC, week: {}}, night: {zone: UTC, week: {}}}";
        for (SchemaKey key : RuleBook.keys()) {
            Book book = example(key, hours);
            assertThat(book.problems).as(key.path()).isEmpty();
        }
    }

    private static Book surveys(String entry) {
        String survey = (entry.startsWith("kind:") ? "" : "kind: csat, ")
                + (entry.startsWith("text:") ? "" : "text: Content?, ")
                + entry;
        return Book.withSurveys("surveys: {x: {" + survey + "}}");
    }

    private static Book polls(String entry) {
        String form = "questions: {x: {";
        if (entry.startsWith(form)) {
            entry = form + question(entry.substring(form.length(), entry.length() - 2)) + "}}";
        } else if (!entry.startsWith("questions:")) {
            entry = question(entry);
        }
        return Book.polling("", "polls: {x: {" + entry + "}}");
    }

    /** What a key of a question needs beside it. */
    private static String question(String entry) {
        String choices = entry.matches("(kind|choices):.*") ? "" : "choices: [Pizza, Pasta], ";
        return (entry.startsWith("text:")
                        ? ""
                        : entry.startsWith("choices:") ? "text: {en: Lunch?}, " : "text: Lunch?, ")
                + (entry.matches("(min|max):.*") ? "kind: number, " : choices)
                + (entry.matches("if(Right|Wrong):.*") ? "right: Pizza, " : "")
                + entry;
    }

    /** The example of a key at its place in otherwise good files. */
    private static Book example(SchemaKey key, String hours) {
        List<String> steps = new ArrayList<>(List.of(key.path().split("\\.")));
        String first = steps.remove(0);
        String value = key.example();
        Collections.reverse(steps);
        for (String step : steps) {
            value = "{" + step.replace("*", "x") + ": " + value + "}";
        }
        String entry = value.substring(1, value.length() - 1);
        String replies = "replies: {out-of-hours: closed, faq: a, faq-helped: b, faq-again: c, faq-people: d}";
        if (key.path().equals("rules[].when.stream")) {
            return Book.listening("rules: [{name: it, team: a, " + entry + "}]", "", "streams: {complaints: {any: a}}");
        }
        if (key.path().equals("rules[].ask")) {
            return Book.polling("rules: [{name: it, ask: lunch}]", "polls: {lunch: {" + question("") + "}}");
        }
        return switch (first) {
            case "rules[]" ->
                Book.read(
                        "rules: [{" + (entry.startsWith("name:") ? "" : "name: it, ")
                                + (entry.startsWith("team:") ? "" : "team: a, ") + entry + "}]",
                        replies,
                        hours);
            case "search" ->
                Book.read(
                        "rules: [{name: it, team: a, when: {text: {" + (entry.startsWith("in:") ? "any: a, " : "")
                                + entry + "}}}]",
                        replies,
                        hours);
            case "opening" ->
                Book.read(
                        "rules: [{name: it, team: a, when: {hours: {" + (entry.startsWith("is:") ? "" : "is: open, ")
                                + entry + "}}}]",
                        replies,
                        hours);
            case "trigger" -> Book.read("rules: [{name: it, team: a, on: {" + entry + "}}]", replies, hours);
            case "quiet" ->
                Book.read(
                        "quiet: {" + (entry.startsWith("hours:") ? "" : "hours: 21:00-08:00, ") + entry + "}",
                        replies,
                        hours);
            case "guard" -> Book.read("guard: {" + entry + "}", replies, hours);
            case "consent" -> Book.read("consent: {" + entry + "}", replies, hours);
            case "replies" -> Book.read("", "replies: {" + entry + "}", hours);
            case "polls" -> polls(entry.substring("x: {".length(), entry.length() - 1));
            case "surveys" -> surveys(entry.substring("x: {".length(), entry.length() - 1));
            case "streams" ->
                Book.listening(
                        "",
                        "",
                        "streams: {x: {"
                                + entry.substring("x: {".length(), entry.length() - 1)
                                        .replace("shop-facebook", "sms")
                                + "}}");
            case "unheard" -> Book.listening("", "", "{streams: {x: {any: a}}, unheard: " + key.example() + "}");
            case "approval" -> Book.listening("", "", "approval: {" + entry + "}");
            case "negative" ->
                Book.listening(
                        "", "", "negative: {en: {" + entry.substring("x: {".length(), entry.length() - 1) + "}}");
            case "faq[]" ->
                Book.withFaq("faq: [{" + (entry.startsWith("question:") ? "" : "question: Where?, ")
                        + (entry.startsWith("answer:") ? "" : "answer: Here., ")
                        + (entry.startsWith("language:") ? "" : "language: en, ") + entry + "}]");
            case "siteMaps[]" ->
                Book.withFaq("siteMaps: [{"
                        + (entry.startsWith("url:") ? "" : "url: https://shop.example/sitemap.xml, ") + entry + "}]");
            case "business" -> Book.read("", "business: {" + key.example() + "}", hours);
            case "hours" ->
                Book.read(
                        "",
                        replies,
                        "hours: {x: {" + (entry.contains("zone:") ? "" : "zone: UTC, ")
                                + (entry.contains("week:") ? "" : "week: {}, ")
                                + entry.substring("x: {".length(), entry.length() - 1) + "}}");
            case "holiday" ->
                Book.read(
                        "",
                        replies,
                        "hours: {x: {zone: UTC, week: {}, holidays: [{"
                                + (entry.startsWith("date:") ? "" : "date: 12-24, ") + entry + "}]}}");
            default -> throw new IllegalStateException("no example for " + key.path());
        };
    }
}
