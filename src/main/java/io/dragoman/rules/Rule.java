// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Conversation.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of {@code rules.yaml}.
 *
 * @param when conditions that must all be met; none always are
 * @param stop whether later rules are passed over when this one applies
 */
record Rule(String name, List<Condition> when, Actions then, boolean stop) {
    Rule {
        when = List.copyOf(when);
    }

    /** What a rule asks for; null is nothing. */
    record Actions(
            @Nullable String reply,
            @Nullable String team,
            List<String> tags,
            @Nullable Priority priority,
            @Nullable String desk,
            @Nullable String drop,
            boolean close,
            @Nullable String note) {
        Actions {
            tags = List.copyOf(tags);
        }

        boolean isNothing() {
            return reply == null
                    && team == null
                    && tags.isEmpty()
                    && priority == null
                    && desk == null
                    && drop == null
                    && !close
                    && note == null;
        }
    }
}
