// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.survey;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.text.Languages;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what customers are asked, by language. */
public final class WordingReader {
    private final Problems problems;

    public WordingReader(Problems problems) {
        this.problems = problems;
    }

    /** A text for everybody, or one for each language, in the order of the file; nothing where the key is missing. */
    public Map<String, String> texts(Node parent, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        Node node = parent.get(key).orElse(null);
        if (node == null) {
            return texts;
        }
        if (node.shape() == Node.Shape.TEXT) {
            put(texts, Survey.DEFAULT, RuleValues.text(node, problems));
            return texts;
        }
        node.needEntries(problems).forEach((tag, text) -> {
            checkTag(tag, text);
            put(texts, tag, RuleValues.text(text, problems));
        });
        return texts;
    }

    private static void put(Map<String, String> texts, String tag, @Nullable String text) {
        if (text != null) {
            texts.put(tag, text);
        }
    }

    /** Lists for each language, of which all have as many choices. */
    public Map<String, List<String>> choices(Node node, int most) {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        if (node.shape() == Node.Shape.LIST) {
            choices.put(Survey.DEFAULT, RuleValues.texts(node, problems));
        } else {
            node.needEntries(problems).forEach((tag, list) -> {
                checkTag(tag, list);
                choices.put(tag, RuleValues.texts(list, problems));
            });
        }
        int first = choices.values().stream().findFirst().map(List::size).orElse(0);
        if (first < 2 || first > most) {
            problems.add(node, "has " + first + " choices but must have 2 to " + most + ".");
        } else if (choices.values().stream().anyMatch(list -> list.size() != first)) {
            problems.add(node, "has " + first + " choices in its first language, but not in each other.");
        }
        return choices;
    }

    /** A language, or what is for everybody. */
    void checkTag(String tag, Node at) {
        if (!tag.equals(Survey.DEFAULT) && !Languages.isTag(tag)) {
            problems.add(
                    at, "stands under '" + tag + "', which is no language tag such as de or pt-BR, nor 'default'.");
        }
    }
}
