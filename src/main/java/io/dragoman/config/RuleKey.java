// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import java.util.List;
import java.util.Locale;

/**
 * A key of {@code rules.yaml}, {@code replies.yaml} or {@code hours.yaml}, for the reference and the JSON schema.
 *
 * @param path from the top of the file, with {@code []} for the items of a list and {@code *} for any name; what may
 *     stand at several places begins with the name of a part instead: {@code search.any}
 * @param words the values to choose from, for {@link Form#WORD} and {@link Form#WORDS}
 * @param example as written in the file; empty for none
 */
public record RuleKey(String path, Form form, List<String> words, String about, String example) {
    /** The parts that stand at several places, by their names in paths. */
    static final List<String> PARTS = List.of("search", "opening", "holiday");

    /** What may stand behind a key. */
    public enum Form {
        TEXT("text"),
        TEXTS("text, or a list"),
        WORD("one of"),
        WORDS("any of"),
        FLAG("true, false"),
        NUMBER("whole number"),
        SEARCH("text, a list, or a *search*"),
        OPENING("open, closed, or an *opening*"),
        EXPRESSION("CEL"),
        /** One text for everybody, or a map from language to text. */
        REPLY("text, or a map by language"),
        MAP("map"),
        LIST("list");

        private final String title;

        Form(String title) {
            this.title = title;
        }

        /** How the reference says it. */
        String title() {
            return title;
        }
    }

    public RuleKey {
        words = List.copyOf(words);
    }

    /**
     * A key as the rules declare it.
     *
     * @param place where it stands, such as {@code when}: the word of the rules' own enum
     * @param form the word of {@link Form}
     */
    public static RuleKey of(String place, String name, String form, List<String> words, String about, String example) {
        String level =
                switch (place.toLowerCase(Locale.ROOT)) {
                    case "rule" -> "rules[]";
                    case "when" -> "rules[].when";
                    case "text" -> "search";
                    case "contact" -> "rules[].when.contact";
                    case "conversation" -> "rules[].when.conversation";
                    case "open" -> "opening";
                    case "guard" -> "guard";
                    case "hours" -> "hours.*";
                    case "holiday" -> "holiday";
                    default -> throw new IllegalArgumentException("no place is called " + place);
                };
        return new RuleKey(level + "." + name, Form.valueOf(form.toUpperCase(Locale.ROOT)), words, about, example);
    }
}
