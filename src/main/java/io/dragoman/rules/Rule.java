// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.action.Action;
import io.dragoman.rules.condition.Condition;
import io.dragoman.rules.facts.Trigger;
import java.util.List;

/**
 * One rule of {@code rules.yaml}.
 *
 * @param on what it waits for
 * @param when conditions that must all be met; none always are
 * @param then what it asks for
 * @param stop whether later rules are passed over when this one applies
 */
record Rule(String name, Trigger on, List<Condition> when, List<Action> then, boolean stop) {
    Rule {
        when = List.copyOf(when);
        then = List.copyOf(then);
    }
}
