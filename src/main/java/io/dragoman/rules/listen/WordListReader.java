// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import io.dragoman.rules.listen.NegativeWords.Entry;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.Languages;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the negative words of {@code listening.yaml}, which add to those that there are or replace them. */
final class WordListReader {
    private static final String LIST = "negative.*.";

    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(
                    LIST + "words", Form.TEXTS, "Negative words in this language; each counts 1.", "[slow, late*]"),
            new SchemaKey(LIST + "strong", Form.TEXTS, "Strong ones; each counts 2.", "[fraud*]"),
            new SchemaKey(LIST + "without", Form.TEXTS, "Entries of the starting list that do not count.", "[broken]"),
            new SchemaKey(
                    LIST + "only",
                    Form.FLAG,
                    "Whether nothing of the starting list counts; false unless said.",
                    "true"));

    private static final Set<String> NAMES = SchemaKey.names(KEYS, LIST);
    private static final int MOST = 2_000;

    private final Problems problems;

    WordListReader(Problems problems) {
        this.problems = problems;
    }

    /** The starting lists with what a map by language says; null says nothing. */
    NegativeWords read(@Nullable Node map) {
        Map<String, List<Entry>> lists = StartingWords.read();
        if (map != null) {
            map.needEntries(problems).forEach((language, node) -> {
                boolean isLanguage = language.equals(Languages.base(language)) && Languages.isTag(language);
                if (!isLanguage && !language.equals(NegativeWords.EVERY)) {
                    problems.add(
                            node,
                            "stands under '" + language + "', which must be a language such as de, or "
                                    + NegativeWords.EVERY + ".");
                }
                lists.put(language, list(node, lists.getOrDefault(language, List.of())));
            });
        }
        return new NegativeWords(lists);
    }

    private List<Entry> list(Node node, List<Entry> starting) {
        node.needEntries(problems);
        node.allowKeys(problems, NAMES);
        boolean only = node.get("only")
                .map(flag -> Boolean.TRUE.equals(RuleValues.flag(flag, problems)))
                .orElse(false);
        Set<String> known = starting.stream().map(Entry::written).collect(Collectors.toSet());
        List<String> without = node.get("without")
                .map(words -> RuleValues.allKnown(words, "entry of the starting list", known, problems))
                .orElse(List.of());
        List<Entry> entries = new ArrayList<>();
        add(node, "words", 1, entries);
        add(node, "strong", 2, entries);
        if (!only) {
            Set<String> own = entries.stream().map(Entry::written).collect(Collectors.toSet());
            starting.stream()
                    .filter(entry -> !without.contains(entry.written()) && !own.contains(entry.written()))
                    .forEach(entries::add);
        }
        if (entries.size() > MOST) {
            problems.add(node, "has " + entries.size() + " words but may have at most " + MOST + ".");
        }
        return entries;
    }

    private void add(Node node, String key, int weight, List<Entry> entries) {
        node.get(key)
                .map(words -> RuleValues.texts(words, problems))
                .orElse(List.of())
                .forEach(word -> Entry.of(word, weight).ifPresent(entries::add));
    }
}
