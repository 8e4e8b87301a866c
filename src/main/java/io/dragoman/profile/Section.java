// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.model.Words;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map in a profile's file. Whatever is wrong in it is a problem at its place, and something harmless is read instead,
 * so that every problem is found. For one thread.
 */
public final class Section {
    private final Node node;
    private final Problems problems;
    private final String profile;

    Section(Node node, Problems problems, String profile) {
        this.node = node;
        this.problems = problems;
        this.profile = profile;
    }

    /** The map as it stands in the file. */
    public Node node() {
        return node;
    }

    /** Makes every other key a problem. */
    public Section allow(String... keys) {
        node.needEntries(problems);
        node.allowKeys(problems, Set.of(keys));
        return this;
    }

    /** Whether a key is there. */
    public boolean has(String key) {
        return node.get(key).isPresent();
    }

    /** The map below a key, where there is one. */
    public Optional<Section> section(String key) {
        return node.get(key).map(below -> new Section(below, problems, profile));
    }

    /** The same of any value, such as an item of a list. */
    public Section of(Node below) {
        return new Section(below, problems, profile);
    }

    /** The text at a key; empty where there is none, or an empty one. */
    public Optional<String> text(String key) {
        return node.get(key).map(value -> value.needText(problems)).filter(text -> !text.isEmpty());
    }

    /** The text at a key, or another where there is none. */
    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    /** A text that must be there; {@code what} says what it is. */
    public String need(String key, String what) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            problems.missing(node, key, "is missing. " + what);
        }
        return text.orElse("");
    }

    /** Whether a key is true; false where it is not there. */
    public boolean flag(String key) {
        Optional<String> text = text(key);
        text.filter(word -> !word.equals("true") && !word.equals("false"))
                .ifPresent(word -> error(key, "is '" + word + "' but must be true or false."));
        return text.orElse("").equals("true");
    }

    /** A list of texts, or one alone. */
    public List<String> texts(String key) {
        return node.get(key).map(value -> value.needTexts(problems)).orElse(List.of());
    }

    /** One of some words; the first where it is none. */
    public String word(String key, String otherwise, String... more) {
        String word = text(key, otherwise);
        List<String> known = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(otherwise), java.util.stream.Stream.of(more))
                .toList();
        if (!known.contains(word)) {
            error(key, "is '" + word + "'. " + Suggestion.sentence(word, known));
            return otherwise;
        }
        return word;
    }

    /** One of an enum's words. */
    public <E extends Enum<E>> E word(String key, Class<E> type, E otherwise) {
        String word = text(key, Words.of(otherwise));
        Optional<E> found = Words.find(type, word);
        if (found.isEmpty()) {
            error(key, "is '" + word + "'. " + Suggestion.sentence(word, Words.all(type)));
        }
        return found.orElse(otherwise);
    }

    /** A value that a parser makes; its exception says what is expected. */
    public <T> T parsed(String key, String text, Function<String, T> parser, T otherwise) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            error(key, "is '" + text + "' but " + e.getMessage() + ".");
            return otherwise;
        }
    }

    /** An expression, where there is one. */
    @Nullable
    public Expression expression(String key) {
        return node.get(key).map(this::expression).orElse(null);
    }

    /** An expression that must be there; {@code what} says what it is to find. */
    public Expression needExpression(String key, String what) {
        Expression found = expression(key);
        if (found != null) {
            return found;
        }
        problems.missing(node, key, "is missing. " + what);
        return nothing();
    }

    /** The expression that a value is. */
    public Expression expression(Node value) {
        String source =
                value.needText(problems, "Write a JSONata expression, in quotes where YAML would read it otherwise.");
        try {
            return source.isBlank() ? nothing() : Expression.parse(source, place(value));
        } catch (Expression.Invalid e) {
            invalid(value, source, e);
            return nothing();
        }
    }

    /** The text with expressions that a value is. */
    TextTemplate template(Node value) {
        String source = value.needText(problems, "Write a text, with expressions in braces.");
        try {
            return TextTemplate.parse(source, place(value));
        } catch (Expression.Invalid e) {
            invalid(value, source, e);
            return new TextTemplate(List.of(""));
        }
    }

    private void invalid(Node value, String source, Expression.Invalid e) {
        int position = Math.min(e.position(), source.length());
        String before = source.substring(0, position);
        int line = (int) before.chars().filter(one -> one == '\n').count() + 1;
        int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length());
        Node.Place at = value.within(line, column);
        problems.add(value.file(), at.line(), at.column(), value.path(), e.getMessage() + ".");
    }

    private String place(Node value) {
        return "profile " + profile + ": " + value.path();
    }

    private static Expression nothing() {
        try {
            return Expression.parse("null", "");
        } catch (Expression.Invalid e) {
            throw new IllegalStateException(e);
        }
    }

    /** A problem at a key's value. */
    public void error(String key, String message) {
        problems.add(node.get(key).orElse(node), message);
    }

    /** A problem of the map itself. */
    public void error(String message) {
        problems.add(node, message);
    }

    /** A problem for a name that is none of the known ones. */
    public void unknown(String key, String name, String what, Collection<String> known) {
        error(key, "names " + what + " '" + name + "', which there is not. " + Suggestion.sentence(name, known));
    }

    /** Where everything wrong in the file is kept. */
    public Problems problems() {
        return problems;
    }
}
