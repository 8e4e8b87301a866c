// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A key of the files that rules are read from, for checking, the documentation and the JSON schema.
 *
 * @param words the only values allowed, for {@link Form#WORD} and {@link Form#WORDS}; empty where any will do
 * @param about one sentence
 */
public record SchemaKey(Place place, String name, Form form, List<String> words, String about, String example) {
    /** Where a key stands. */
    public enum Place {
        /** An item of {@code rules}. */
        RULE,
        /** {@code when} of a rule. */
        WHEN,
        /** {@code when.text} and what is written like it. */
        TEXT,
        /** {@code when.contact}. */
        CONTACT,
        /** {@code when.conversation}. */
        CONVERSATION,
        /** {@code when.hours} written as a map. */
        OPEN,
        /** {@code guard} in {@code rules.yaml}. */
        GUARD,
        /** One calendar in {@code hours.yaml}. */
        HOURS,
        /** An item of {@code holidays} written as a map. */
        HOLIDAY
    }

    /** What may stand behind a key. */
    public enum Form {
        /** One text. */
        TEXT,
        /** One text or a list of them. */
        TEXTS,
        /** One of {@link SchemaKey#words}. */
        WORD,
        /** One of {@link SchemaKey#words} or a list of them. */
        WORDS,
        /** {@code true} or {@code false}. */
        FLAG,
        /** A whole number from 0. */
        NUMBER,
        /** A text, a list of them (any), or a map of {@code any}, {@code all} and {@code none}. */
        SEARCH,
        /** {@code open}, {@code closed}, or a map of {@code is} and {@code name}. */
        OPENING,
        /** A CEL expression that gives true or false. */
        EXPRESSION,
        /** A map with the keys of the place of that name. */
        MAP,
        /** A list of maps or texts. */
        LIST
    }

    public SchemaKey {
        words = List.copyOf(words);
    }

    /** The names of the keys of one place, in order. */
    static Set<String> names(Place place) {
        Set<String> names = new LinkedHashSet<>();
        RuleSchema.ALL.stream().filter(key -> key.place() == place).forEach(key -> names.add(key.name()));
        return Collections.unmodifiableSet(names);
    }
}
