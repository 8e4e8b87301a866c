// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.hours.Calendars;
import io.dragoman.rules.listen.Listening;
import io.dragoman.yaml.Problems;
import java.util.Set;

/**
 * What the reading of conditions refers to.
 *
 * @param channels the ids that a rule may name; so with desks
 */
record ConditionContext(
        Set<String> channels,
        Set<String> desks,
        Calendars calendars,
        Listening listening,
        Expressions expressions,
        Problems problems) {}
