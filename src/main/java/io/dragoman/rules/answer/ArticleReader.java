// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.answer.FaqReader.Draft;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.TextFile;
import io.dragoman.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an article in Markdown. Its head, between two lines of {@code ---}, may name question, variants, language,
 * source and tags. Without a question there, each heading of the second level is one and what stands below it its
 * answer; where there is none, the title is the question. Without a language there, the file's name tells it:
 * {@code delivery.de.md}.
 */
final class ArticleReader {
    private static final Pattern LANGUAGE = Pattern.compile(".+\\.([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*)\\.md");
    private static final Set<String> NAMES = Set.of("question", "variants", "language", "source", "tags");
    private static final String FENCE = "---";

    private final String file;
    private final List<String> lines;
    private final Problems problems;

    private ArticleReader(TextFile article, Problems problems) {
        this.file = article.name();
        this.lines = article.text().replace("\uFEFF", "").lines().toList();
        this.problems = problems;
    }

    /** A line of a file, from 1. */
    record Place(String file, int line) {}

    /** A heading, and the lines below it as far as the next. */
    private record Section(Place at, String title, List<String> body) {
        String text() {
            return MarkdownText.plain(body);
        }
    }

    static List<Draft> read(TextFile article, Problems problems) {
        return new ArticleReader(article, problems).read();
    }

    private List<Draft> read() {
        int body = lines.isEmpty() || !lines.get(0).strip().equals(FENCE) ? 0 : end();
        if (body < 0) {
            problems.add(file, 1, 1, "", "begins with --- but has no second such line. Close its head with one.");
            return List.of();
        }
        Node head = body == 0 ? null : head(lines.subList(1, body - 1));
        if (body > 0 && head == null) {
            return List.of();
        }
        String language = language(head);
        if (language == null) {
            problems.add(
                    file,
                    1,
                    1,
                    "language",
                    "is missing. Name it in the file's name, such as delivery.de.md, or in a head: language: de.");
            return List.of();
        }
        return drafts(head, language, body);
    }

    private int end() {
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(FENCE)) {
                return i + 1;
            }
        }
        return -1;
    }

    /** The line that the fence is on stands as an empty one, so that the places of problems are those of the file. */
    private @Nullable Node head(List<String> head) {
        int before = problems.all().size();
        Node node =
                Yaml.read(file, "\n" + String.join("\n", head) + "\n", problems).orElse(null);
        if (node == null) {
            if (problems.all().size() == before) {
                problems.add(file, 1, 1, "", "has an empty head. Fill it in or take it out.");
            }
            return null;
        }
        node.needEntries(problems);
        node.allowKeys(problems, NAMES);
        return node;
    }

    private @Nullable String language(@Nullable Node head) {
        Node given = head == null ? null : head.get("language").orElse(null);
        if (given != null) {
            return RuleValues.text(given, problems);
        }
        Matcher named = LANGUAGE.matcher(file);
        return named.matches() ? named.group(1).replace('_', '-') : null;
    }

    private List<Draft> drafts(@Nullable Node head, String language, int body) {
        Node asked = head == null ? null : head.get("question").orElse(null);
        if (asked != null) {
            String question = RuleValues.text(asked, problems);
            Section whole = new Section(new Place(file, body + 1), "", lines.subList(body, lines.size()));
            return question == null ? List.of() : draft(head, language, whole, question);
        }
        List<Section> sections = sections(body, 2);
        List<Section> chosen = sections.isEmpty() ? sections(body, 1) : sections;
        if (chosen.isEmpty()) {
            problems.add(file, body + 1, 1, "", "asks nothing. Give it a title, such as # When will my order arrive?");
        }
        List<Draft> drafts = new ArrayList<>();
        // variants are those of one question
        boolean one = chosen.size() == 1;
        if (!one && head != null && head.get("variants").isPresent()) {
            problems.add(
                    head.get("variants").get(),
                    "stands over several questions. Give a question with variants an article of its own.");
        }
        chosen.forEach(section -> drafts.addAll(draft(head, language, section, section.title())));
        return drafts;
    }

    private List<Draft> draft(@Nullable Node head, String language, Section section, String question) {
        String answer = section.text();
        if (answer.isEmpty()) {
            problems.add(file, section.at().line(), 1, "", "has nothing below this question. Write the answer there.");
            return List.of();
        }
        return List.of(new Draft(head, question, answer, language, section.at()));
    }

    private List<Section> sections(int from, int level) {
        String mark = "#".repeat(level) + " ";
        List<Section> sections = new ArrayList<>();
        Section open = null;
        boolean code = false;
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i);
            code ^= line.startsWith("```");
            if (!code && line.startsWith(mark)) {
                String title = MarkdownText.plain(List.of(line.substring(mark.length())));
                open = new Section(new Place(file, i + 1), title, new ArrayList<>());
                sections.add(open);
            } else if (open != null) {
                open.body().add(line);
            }
        }
        return sections;
    }
}
