// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.schema.SchemaKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/rules.md} shows works as it stands. */
final class RulesDocumentTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\\n# config/(\\w+)\\.yaml\\n(.*?)```", Pattern.DOTALL);

    private final Map<String, String> pages = new HashMap<>();
    private final String document = read("rules");

    @Test
    void everyExampleLoadsWithoutProblems() {
        String hours = examples("hours").get(0);
        String replies = examples("replies").get(0);
        assertThat(examples("rules")).hasSize(4);
        for (String rules : examples("rules")) {
            assertThat(Book.read(rules, replies, hours).problems).isEmpty();
        }
        assertThat(document.split("```yaml", -1))
                .as("each block is one of these")
                .hasSize(8);
    }

    @Test
    void everyKeyIsThere() {
        Set<String> missing = new TreeSet<>();
        RuleBook.keys().forEach(key -> Stream.of(key.path().split("\\."))
                .map(step -> step.replace("[]", ""))
                .filter(step -> !step.equals("*") && !SchemaKey.PARTS.contains(step))
                .filter(name -> !Pattern.compile("\\b" + name + "\\b")
                        .matcher(pages.computeIfAbsent(page(key.path()), RulesDocumentTest::read))
                        .find())
                .forEach(missing::add));
        assertThat(missing).isEmpty();
    }

    /** Where a key is explained. */
    private static String page(String key) {
        return switch (key.split("[.\\[]")[0]) {
            case "surveys" -> "surveys";
            case "polls" -> "polls";
            case "faq", "siteMaps" -> "answers";
            default -> "rules";
        };
    }

    private List<String> examples(String file) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = BLOCK.matcher(document); matcher.find(); ) {
            if (matcher.group(1).equals(file)) {
                found.add(matcher.group(2));
            }
        }
        return found;
    }

    private static String read(String page) {
        try {
            return Files.readString(Path.of("docs", page + ".md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
