// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import java.util.Set;
import java.util.function.Function;

/** What the journey asks: what to do in a situation, and which situations beside messages are of interest. */
@FunctionalInterface
public interface Rules extends Function<Situation, Decision> {
    /** What rules wait for beside messages; nothing of it is looked at when it is not here. */
    default Set<Trigger> triggers() {
        return Set.of();
    }
}
