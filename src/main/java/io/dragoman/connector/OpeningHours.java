// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The business hours of {@code hours.yaml}, as far as channels show them. Pure and thread-safe. */
@FunctionalInterface
public interface OpeningHours {
    /** None at all. */
    OpeningHours NONE = (name, at) -> Optional.empty();

    /** The state of the hours of that name at a moment; empty when there are none of that name. */
    Optional<State> at(String name, Instant at);

    /**
     * Whether a business is open.
     *
     * @param changes when it closes, or opens, next; null when it does not within 400 days
     */
    record State(boolean open, @Nullable Instant changes) {}
}
