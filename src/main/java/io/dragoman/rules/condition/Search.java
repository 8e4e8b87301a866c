// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.Keyword;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.rules.text.SearchText;
import io.dragoman.rules.text.TextFolding;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Conditions written as a text, a list of them (any), or a map of any, all and none. */
final class Search {
    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey("search.any", Form.TEXTS, "At least one is found.", "[refund, money back]"),
            new SchemaKey("search.all", Form.TEXTS, "Every one is found.", "[order, late]"),
            new SchemaKey("search.none", Form.TEXTS, "Not one is found.", "[newsletter]"));

    private static final Set<String> NAMES = SchemaKey.names(KEYS, "search.");

    private Search() {}

    /** Words or expressions in a text. */
    static List<Condition> words(String label, Node node, Function<Facts, SearchText> where, Problems problems) {
        return read(label, node, problems, (mode, list) -> {
            List<Keyword> words = new ArrayList<>();
            RuleValues.items(list).forEach(item -> Keyword.read(item, problems).ifPresent(words::add));
            List<String> written = words.stream().map(Keyword::written).toList();
            return new Condition(QuotedText.label(mode, written), facts -> {
                SearchText prose = where.apply(facts);
                List<String> found = words.stream()
                        .filter(word -> word.in(prose))
                        .map(Keyword::written)
                        .toList();
                return finding(mode, written, found, prose.remark());
            });
        });
    }

    /** Whole tags, whatever their case. */
    static List<Condition> tags(String label, Node node, Function<Facts, List<String>> where, Problems problems) {
        return read(label, node, problems, (mode, list) -> {
            List<String> written = RuleValues.texts(list, problems);
            return new Condition(QuotedText.label(mode, written), facts -> {
                Set<String> there = fold(where.apply(facts));
                Predicate<String> isThere = tag -> there.contains(TextFolding.fold(tag));
                return finding(mode, written, written.stream().filter(isThere).toList(), "");
            });
        });
    }

    private static List<Condition> read(
            String label, Node node, Problems problems, BiFunction<String, Node, Condition> condition) {
        if (node.shape() != Node.Shape.MAP) {
            needOne(node, problems);
            return List.of(condition.apply(label + ".any", node));
        }
        node.allowKeys(problems, NAMES);
        if (node.entries().isEmpty()) {
            problems.add(node, "is empty. Write any, all or none with the words to look for.");
        }
        List<Condition> conditions = new ArrayList<>();
        for (String mode : NAMES) {
            node.get(mode).ifPresent(list -> {
                needOne(list, problems);
                conditions.add(condition.apply(label + "." + mode, list));
            });
        }
        return conditions;
    }

    private static void needOne(Node list, Problems problems) {
        if (list.shape() == Node.Shape.LIST && list.items().isEmpty()) {
            problems.add(list, "is an empty list. Write what to look for or take it out.");
        }
    }

    private static Finding finding(String mode, List<String> wanted, List<String> found, String remark) {
        if (mode.endsWith(".none")) {
            return found.isEmpty()
                    ? new Finding(true, QuotedText.quote(wanted) + " not found" + remark)
                    : new Finding(false, QuotedText.quote(found) + " found, and must not be");
        }
        List<String> missing =
                wanted.stream().filter(word -> !found.contains(word)).toList();
        boolean passed = mode.endsWith(".all") ? missing.isEmpty() : !found.isEmpty();
        return passed
                ? new Finding(true, QuotedText.quote(found) + " found")
                : new Finding(false, QuotedText.quote(missing) + " not found" + remark);
    }

    static Set<String> fold(Collection<String> texts) {
        Set<String> folded = new LinkedHashSet<>();
        texts.forEach(text -> folded.add(TextFolding.fold(text)));
        return folded;
    }
}
