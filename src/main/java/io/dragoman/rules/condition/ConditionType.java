// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.yaml.Node;
import java.util.List;

/** A kind of condition: how it is described, and how it is read. */
record ConditionType(SchemaKey key, Reader reader) {
    private static final String ANY_NAME = ".*";

    /** Reads what stands behind the key; records what cannot stand, and gives nothing then. */
    @FunctionalInterface
    interface Reader {
        /**
         * Reads.
         *
         * @param label the key as explanations call it, such as {@code conversation.team}
         */
        List<Condition> read(String label, Node node, ConditionContext context);
    }

    /**
     * A condition by its name below {@code when}.
     *
     * @param name such as {@code contact.tags}; {@code .*} at the end stands for names that the business chooses
     */
    static ConditionType of(String name, Form form, String about, String example, Reader reader) {
        return of(name, form, List.of(), about, example, reader);
    }

    /** One of fixed words. */
    static ConditionType of(String name, Form form, List<String> words, String about, String example, Reader reader) {
        return new ConditionType(new SchemaKey(SchemaKey.WHEN + name, form, words, about, example), reader);
    }

    /** Where it stands below {@code when}. */
    String name() {
        String name = key.path().substring(SchemaKey.WHEN.length());
        return name.endsWith(ANY_NAME) ? name.substring(0, name.length() - ANY_NAME.length()) : name;
    }
}
