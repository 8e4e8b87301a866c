// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.facts.Situation;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rule books from texts, as tests write them. */
final class Book {
    static final Set<String> CHANNELS = Set.of("shop-whatsapp", "support-mail", "sms");
    static final Set<String> DESKS = Set.of("helpdesk", "billing-desk");

    final RuleBook rules;
    final List<String> problems;

    private Book(RuleBook rules, List<String> problems) {
        this.rules = rules;
        this.problems = problems;
    }

    /** Whatever is in the files, with all its problems. */
    static Book read(String rules, String replies, String hours) {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        node("rules.yaml", rules, problems),
                        node("replies.yaml", replies, problems),
                        node("hours.yaml", hours, problems)),
                CHANNELS,
                DESKS,
                problems);
        return new Book(book, problems.all().stream().map(Problem::toString).toList());
    }

    /** An FAQ beside rules that say nothing. */
    static Book withFaq(String faq) {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(null, null, null, node("faq.yaml", faq, problems), List.of(), null),
                CHANNELS,
                DESKS,
                problems);
        return new Book(book, problems.all().stream().map(Problem::toString).toList());
    }

    /** Surveys beside rules that say nothing. */
    static Book withSurveys(String surveys) {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(null, null, null, null, List.of(), node("surveys.yaml", surveys, problems)),
                CHANNELS,
                DESKS,
                problems);
        return new Book(book, problems.all().stream().map(Problem::toString).toList());
    }

    /** Rules, replies and what is heard in public. */
    static Book listening(String rules, String replies, String listening) {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        node("rules.yaml", rules, problems),
                        node("replies.yaml", replies, problems),
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        node("listening.yaml", listening, problems)),
                CHANNELS,
                DESKS,
                problems);
        return new Book(book, problems.all().stream().map(Problem::toString).toList());
    }

    /** Rules, and what they ask. */
    static Book polling(String rules, String polls) {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        node("rules.yaml", rules, problems),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        node("polls.yaml", polls, problems),
                        null),
                CHANNELS,
                DESKS,
                problems);
        return new Book(book, problems.all().stream().map(Problem::toString).toList());
    }

    /** With an FAQ, all without problems. */
    static RuleBook answering(String rules, String replies, String faq) {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        node("rules.yaml", rules, problems),
                        node("replies.yaml", replies, problems),
                        null,
                        node("faq.yaml", faq, problems),
                        List.of(),
                        null),
                CHANNELS,
                DESKS,
                problems);
        assertThat(problems.all()).isEmpty();
        return book;
    }

    /** Files that must be without problems. */
    static RuleBook of(String rules, String replies, String hours) {
        Book book = read(rules, replies, hours);
        assertThat(book.problems).isEmpty();
        return book.rules;
    }

    static RuleBook of(String rules) {
        return of(rules, "", "");
    }

    /** One rule that adds the tag {@code yes} when this condition is met. */
    static RuleBook when(String condition) {
        return of("rules:\n  - name: it\n    when:\n      " + condition.replace("\n", "\n      ")
                + "\n    tags: [yes]\n");
    }

    static boolean matches(String condition, Situation situation) {
        return when(condition).decide(situation).values("tags").contains("yes");
    }

    /** What the explanation says of the last condition looked at. */
    static String why(RuleBook book, Situation situation) {
        List<Decision.Check> checks = book.decide(situation).rules().get(0).checks();
        return checks.get(checks.size() - 1).why();
    }

    private static @Nullable Node node(String file, String content, Problems problems) {
        return Yaml.read(file, content, problems).orElse(null);
    }
}
