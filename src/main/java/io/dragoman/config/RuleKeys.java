// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.rules.RuleBook;
import io.dragoman.rules.SchemaKey;
import java.util.List;
import java.util.stream.Stream;

/** The keys of {@code rules.yaml}, {@code replies.yaml} and {@code hours.yaml}, for the reference and the schema. */
public final class RuleKeys {
    /** What {@code replies.yaml} holds: names that the business chooses, no fixed words. */
    private static final List<RuleKey> REPLIES = List.of(
            new RuleKey(
                    "replies.*",
                    RuleKey.Form.REPLY,
                    List.of(),
                    "The text of the reply of that name, as a Liquid template. By language, the one that is called"
                            + " default, else the first, serves all other languages.",
                    "{en: \"Hello {{ contact.name }}\", de: \"Hallo {{ contact.name }}\"}"),
            new RuleKey(
                    "business.*",
                    RuleKey.Form.TEXT,
                    List.of(),
                    "A word of your own for all replies, which use it as {{ business.name }}.",
                    "name: Example Ltd"));

    /** All of them, in the order of the reference. */
    public static final List<RuleKey> ALL = Stream.concat(
                    RuleBook.keys().stream().map(RuleKeys::key), REPLIES.stream())
            .toList();

    private RuleKeys() {}

    private static RuleKey key(SchemaKey key) {
        return RuleKey.of(key.place().name(), key.name(), key.form().name(), key.words(), key.about(), key.example());
    }
}
