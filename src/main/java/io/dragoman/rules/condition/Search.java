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
    private static final String VISIBLE = "visible";
    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey("search.any", Form.TEXTS, "At least one is found.", "[refund, money back]"),
            new SchemaKey("search.all", Form.TEXTS, "Every one is found.", "[order, late]"),
            new SchemaKey("search.none", Form.TEXTS, "Not one is found.", "[newsletter]"),
            new SchemaKey(
                    "search.in",
                    Form.WORD,
                    List.of(VISIBLE, "all"),
                    "For text: whether what was taken for quoted history is searched too (all, unless said otherwise).",
                    VISIBLE));

    private static final Set<String> NAMES = SchemaKey.names(KEYS, "search.");
    private static final List<String> MODES = List.of("any", "all", "none");

    private Search() {}

    /** Words or expressions in a text. */
    static List<Condition> words(String label, Node node, Function<Facts, SearchText> where, Problems problems) {
        return read(label, node, Set.copyOf(MODES), problems, words(where, where, problems));
    }

    /** The same in what the customer wrote: in what is seen first, then in all of it, unless {@code in: visible}. */
    static List<Condition> written(String label, Node node, Problems problems) {
        boolean visible = node.get("in")
                .map(word -> RuleValues.known(word, "part of the text", List.of(VISIBLE, "all"), problems))
                .filter(VISIBLE::equals)
                .isPresent();
        Function<Facts, SearchText> all = visible ? Facts::text : Facts::unmarked;
        return read(label, node, NAMES, problems, words(Facts::text, all, problems));
    }

    private static BiFunction<String, Node, Condition> words(
            Function<Facts, SearchText> first, Function<Facts, SearchText> then, Problems problems) {
        return (mode, list) -> {
            List<Keyword> words = new ArrayList<>();
            RuleValues.items(list).forEach(item -> Keyword.read(item, problems).ifPresent(words::add));
            List<String> written = words.stream().map(Keyword::written).toList();
            return new Condition(QuotedText.label(mode, written), facts -> {
                SearchText prose = first.apply(facts);
                List<String> found = found(words, prose);
                SearchText whole = then.apply(facts);
                List<String> below = new ArrayList<>(whole == prose ? List.of() : found(words, whole));
                below.removeAll(found);
                return finding(mode, written, found, below, prose.remark());
            });
        };
    }

    private static List<String> found(List<Keyword> words, SearchText prose) {
        return words.stream()
                .filter(word -> word.in(prose))
                .map(Keyword::written)
                .toList();
    }

    /** Whole tags, whatever their case. */
    static List<Condition> tags(String label, Node node, Function<Facts, List<String>> where, Problems problems) {
        return read(label, node, Set.copyOf(MODES), problems, (mode, list) -> {
            List<String> written = RuleValues.texts(list, problems);
            return new Condition(QuotedText.label(mode, written), facts -> {
                Set<String> there = fold(where.apply(facts));
                Predicate<String> isThere = tag -> there.contains(TextFolding.fold(tag));
                return finding(mode, written, written.stream().filter(isThere).toList(), List.of(), "");
            });
        });
    }

    private static List<Condition> read(
            String label,
            Node node,
            Set<String> names,
            Problems problems,
            BiFunction<String, Node, Condition> condition) {
        if (node.shape() != Node.Shape.MAP) {
            needOne(node, problems);
            return List.of(condition.apply(label + ".any", node));
        }
        node.allowKeys(problems, names);
        if (MODES.stream().noneMatch(mode -> node.get(mode).isPresent())) {
            problems.add(
                    node,
                    (node.entries().isEmpty() ? "is empty" : "says not what to look for")
                            + ". Write any, all or none with the words to look for.");
        }
        List<Condition> conditions = new ArrayList<>();
        for (String mode : MODES) {
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

    /**
     * What came of it.
     *
     * @param below found only in what was taken for quoted history
     */
    private static Finding finding(
            String mode, List<String> wanted, List<String> found, List<String> below, String remark) {
        boolean nothing = found.isEmpty() && below.isEmpty();
        if (mode.endsWith(".none")) {
            return nothing
                    ? new Finding(true, QuotedText.quote(wanted) + " not found" + remark)
                    : new Finding(false, said(found, below) + ", and must not be");
        }
        List<String> missing = wanted.stream()
                .filter(word -> !found.contains(word) && !below.contains(word))
                .toList();
        boolean passed = mode.endsWith(".all") ? missing.isEmpty() : !nothing;
        return passed
                ? new Finding(true, said(found, below))
                : new Finding(false, QuotedText.quote(missing) + " not found" + remark);
    }

    private static String said(List<String> found, List<String> below) {
        String above = found.isEmpty() ? "" : QuotedText.quote(found) + " found";
        return below.isEmpty()
                ? above
                : above + (above.isEmpty() ? "" : "; ") + QuotedText.quote(below)
                        + " found in what was taken for quoted text";
    }

    static Set<String> fold(Collection<String> texts) {
        Set<String> folded = new LinkedHashSet<>();
        texts.forEach(text -> folded.add(TextFolding.fold(text)));
        return folded;
    }
}
