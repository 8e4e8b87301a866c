// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ruleset;

import io.dragoman.app.trial.MessageTrial.TrialReport;
import io.dragoman.config.Configuration;
import io.dragoman.rules.Decision;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.action.AnswerQuestion;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tests of {@code config/rules.test.yaml}: given this, the rules do that. Each that fails is a problem where it
 * stands.
 */
public final class RuleTests {
    /** The file, as the user knows it. */
    public static final String FILE = "config/rules.test.yaml";

    private static final int LARGEST = 3 * 1024 * 1024;
    private static final String NONE = "none";

    /** What is expected once or not at all, by the subject that a decision has for it. */
    private static final Set<String> SINGLE =
            Set.of("reply", "answer", "ask", "team", "assignee", "priority", "drop", "approval");

    private static final Map<String, String> LISTS =
            Map.of("tags", "tags", "contactTags", "contact tags", "notes", "note", "streams", "stream");
    private static final Set<String> EXPECTED = keys();

    private final RuleBook rules;
    private final Problems problems;
    private final GivenReader given;

    private RuleTests(Configuration configuration, RuleBook rules, Instant now, Problems problems) {
        this.rules = rules;
        this.problems = problems;
        this.given = new GivenReader(configuration, rules, now, problems);
    }

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>(SINGLE);
        keys.addAll(LISTS.keySet());
        keys.addAll(Set.of("rules", "text", "desk", "close", "attributes"));
        return Set.copyOf(keys);
    }

    /**
     * Runs those of a home folder; what is wrong with them, or fails, is a problem.
     *
     * @param now the time of tests that name none
     * @return how many there are
     */
    public static int run(Configuration configuration, RuleBook rules, Instant now, Problems problems) {
        Path file = configuration.home().resolve(FILE);
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            if (Files.size(file) > LARGEST) {
                problems.add(FILE, 0, 0, "", "is larger than 3 MB.");
                return 0;
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return Yaml.read(FILE, text, problems)
                    .map(root -> new RuleTests(configuration, rules, now, problems).run(root))
                    .orElse(0);
        } catch (IOException e) {
            problems.add(FILE, 0, 0, "", "cannot be read: make it readable for this user.");
            return 0;
        }
    }

    private int run(Node root) {
        root.needEntries(problems);
        root.allowKeys(problems, Set.of("tests"));
        List<Node> tests = root.get("tests")
                .filter(list -> list.shape() != Node.Shape.EMPTY)
                .map(list -> list.needItems(problems))
                .orElse(List.of());
        Set<String> names = new HashSet<>();
        tests.forEach(test -> test(test, names));
        return tests.size();
    }

    private void test(Node test, Set<String> names) {
        test.needEntries(problems);
        test.allowKeys(problems, Set.of("name", "given", "expect"));
        String name =
                test.get("name").map(node -> RuleValues.text(node, problems)).orElse(null);
        Node expect = test.get("expect").orElse(null);
        if (test.shape() != Node.Shape.MAP) {
            return;
        } else if (name == null || expect == null) {
            problems.add(test, "must have a name, what is given and what is expected: name, given, expect.");
        } else if (!names.add(name)) {
            problems.add(test, "has the name of another test. Give each a name of its own.");
        } else {
            expect.needEntries(problems);
            expect.allowKeys(problems, EXPECTED);
            Optional<List<TrialReport>> reports = given.reports(test);
            reports.ifPresent(found -> new Comparison(name, found.get(found.size() - 1)).compare(expect));
        }
    }

    /** What came of one test, beside what it expects. */
    private final class Comparison {
        private final String name;
        private final Decision decision;
        private final @Nullable String desk;

        Comparison(String name, TrialReport report) {
            this.name = name;
            this.decision = report.decision();
            this.desk = report.desk();
        }

        void compare(Node expect) {
            SINGLE.forEach(key -> expect.get(key).ifPresent(node -> same(node, single(key))));
            LISTS.forEach((key, subject) ->
                    expect.get(key).ifPresent(node -> same(node, texts(node), decision.values(subject))));
            expect.get("desk").ifPresent(node -> same(node, Objects.toString(desk, NONE)));
            expect.get("close")
                    .ifPresent(node ->
                            same(node, String.valueOf(decision.subjects().contains("close"))));
            expect.get("rules").ifPresent(this::rules);
            expect.get("text").ifPresent(this::text);
            expect.get("attributes").ifPresent(node -> node.needEntries(problems)
                    .forEach((attribute, value) -> same(value, single("attribute " + attribute))));
        }

        private String single(String subject) {
            return decision.values(subject).stream().findFirst().orElse(NONE);
        }

        private List<String> texts(Node node) {
            boolean none = (node.shape() == Node.Shape.LIST && node.items().isEmpty())
                    || node.text().equals(NONE);
            return none ? List.of() : RuleValues.texts(node, problems);
        }

        private void rules(Node node) {
            List<String> expected = new ArrayList<>();
            for (Node item : RuleValues.items(node)) {
                if (!item.text().equals(NONE)) {
                    Optional.ofNullable(RuleValues.known(item, "rule", rules.names(), problems))
                            .ifPresent(expected::add);
                }
            }
            same(node, expected, applied());
        }

        private List<String> applied() {
            return decision.rules().stream()
                    .filter(Decision.Considered::matched)
                    .map(Decision.Considered::rule)
                    .toList();
        }

        private void text(Node node) {
            String expected = node.needText(problems);
            Stream<String> answers = decision.answer().map(AnswerQuestion::outcome).stream()
                    .filter(AnswerOutcome::speaks)
                    .map(AnswerOutcome::text);
            String found = Stream.concat(
                            decision.replies().stream()
                                    .filter(SendReply::isEffective)
                                    .map(SendReply::text),
                            answers)
                    .collect(Collectors.joining("\n"));
            if (!found.contains(expected)) {
                failed(node, "a reply with '" + expected + "'", found.isEmpty() ? NONE : "'" + found + "'");
            }
        }

        private void same(Node node, String found) {
            String expected = node.needText(problems);
            if (node.shape() == Node.Shape.TEXT && !expected.equals(found)) {
                failed(node, expected, found);
            }
        }

        private void same(Node node, List<String> expected, List<String> found) {
            if (!expected.equals(found)) {
                failed(node, shown(expected), shown(found));
            }
        }

        private String shown(List<String> values) {
            return values.isEmpty() ? NONE : String.join(", ", values);
        }

        private void failed(Node node, String expected, String found) {
            Map<String, String> why = new LinkedHashMap<>();
            decision.replies().stream()
                    .filter(reply -> reply.suppressed() != null)
                    .forEach(reply -> why.put(reply.reply(), String.valueOf(reply.suppressed())));
            String applied = applied().isEmpty() ? "no rule applies" : "these apply: " + String.join(", ", applied());
            problems.add(
                    node,
                    "fails in the test '" + name + "': expected " + expected + ", found " + found + "; " + applied
                            + (why.isEmpty() ? "" : "; suppressed: " + why)
                            + ". Change the rules, or what the test expects.");
        }
    }
}
