// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import java.time.Duration;

/**
 * Whose answers in public wait until somebody approves them.
 *
 * @param automatic those of rules and the FAQ, unless the rule says otherwise
 * @param agents those of agents
 * @param expires how long they wait; then they are never sent
 */
public record PublicAnswers(boolean automatic, boolean agents, Duration expires) {
    /** What holds where nothing is said. */
    public static final PublicAnswers DEFAULT = new PublicAnswers(true, false, Duration.ofDays(2));
}
