// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.schema;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A key of {@code rules.yaml}, {@code replies.yaml}, {@code hours.yaml} or {@code faq.yaml}, for checking, the reference and the JSON
 * schema.
 *
 * @param path from the top of the file, with {@code []} for the items of a list and {@code *} for any name; what may
 *     stand at several places begins with the name of a part instead: {@code search.any}
 * @param words the values to choose from, for {@link Form#WORD} and {@link Form#WORDS}; empty where any will do
 * @param about one sentence
 * @param example as written in the file; empty for none
 */
public record SchemaKey(String path, Form form, List<String> words, String about, String example) {
    /** Where rules stand. */
    public static final String RULE = "rules[].";
    /** Where conditions stand. */
    public static final String WHEN = RULE + "when.";
    /** The parts that stand at several places, by their names in paths. */
    public static final List<String> PARTS = List.of("search", "opening", "holiday", "trigger");

    /** What may stand behind a key. */
    public enum Form {
        TEXT("text"),
        TEXTS("text, or a list"),
        /** One of {@link SchemaKey#words}. */
        WORD("one of"),
        WORDS("any of"),
        FLAG("true, false"),
        /** True, or a map of the keys below it. */
        SWITCH("true, or a map"),
        /** From 0. */
        NUMBER("whole number"),
        /** A text, a list of them (any), or a map of {@code any}, {@code all} and {@code none}. */
        SEARCH("text, a list, or a *search*"),
        /** {@code open}, {@code closed}, or a map of {@code is} and {@code name}. */
        OPENING("open, closed, or an *opening*"),
        /** One of {@link SchemaKey#words}, or a map of one with its time. */
        TRIGGER("one of, or a *trigger*"),
        /** A CEL expression that gives true or false. */
        EXPRESSION("CEL"),
        /** One text for everybody, or a map from language to text. */
        REPLY("text, or a map by language"),
        /** One list for everybody, or a map from language to list. */
        CHOICES("list, or a map by language"),
        /** With the keys below it. */
        MAP("map"),
        /** Of maps or texts. */
        LIST("list");

        private final String title;

        Form(String title) {
            this.title = title;
        }

        /** How the reference says it. */
        public String title() {
            return title;
        }
    }

    public SchemaKey {
        words = List.copyOf(words);
    }

    public SchemaKey(String path, Form form, String about, String example) {
        this(path, form, List.of(), about, example);
    }

    /** The steps that may follow {@code level} in the paths of these keys, in order. */
    public static Set<String> names(List<SchemaKey> keys, String level) {
        Set<String> names = new LinkedHashSet<>();
        for (SchemaKey key : keys) {
            if (key.path.startsWith(level)) {
                String rest = key.path.substring(level.length());
                int dot = rest.indexOf('.');
                names.add(dot < 0 ? rest : rest.substring(0, dot));
            }
        }
        return Collections.unmodifiableSet(names);
    }
}
