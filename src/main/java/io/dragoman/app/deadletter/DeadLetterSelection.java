// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.deadletter;

import io.dragoman.store.DeadLetters.Filter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters; what is null is not asked for.
 *
 * @param channel the channel or desk: where an event came from, where a delivery goes to or its conversation lives
 * @param reason any part of reason and detail, in lower case, with hyphens
 */
public record DeadLetterSelection(
        @Nullable String id,
        @Nullable String channel,
        @Nullable String reason,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** Whether it asks for every one of them. */
    public boolean isEverything() {
        return filter().equals(Filter.ALL);
    }

    Filter filter() {
        return new Filter(id, channel, reason, since, until);
    }
}
