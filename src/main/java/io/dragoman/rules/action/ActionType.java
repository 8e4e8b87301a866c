// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.yaml.Node;
import java.util.List;

/**
 * A kind of action: how it is described, read and stored.
 *
 * @param type its word in stored decisions, which stays
 */
record ActionType(SchemaKey key, String type, Class<? extends Action> action, Reader reader) {
    /** Reads what stands behind the key; records what cannot stand, and gives nothing then. */
    @FunctionalInterface
    interface Reader {
        List<? extends Action> read(Node node, ActionContext context);
    }

    /** An action that is stored under its own key. */
    static ActionType of(
            String name, Form form, String about, String example, Class<? extends Action> action, Reader reader) {
        return new ActionType(new SchemaKey(SchemaKey.RULE + name, form, about, example), name, action, reader);
    }

    /** The same with one of fixed words. */
    static ActionType of(
            String name,
            Form form,
            List<String> words,
            String about,
            String example,
            Class<? extends Action> action,
            Reader reader) {
        return new ActionType(new SchemaKey(SchemaKey.RULE + name, form, words, about, example), name, action, reader);
    }

    /** The key in a rule: the first step of the path. */
    String name() {
        String rest = key.path().substring(SchemaKey.RULE.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
