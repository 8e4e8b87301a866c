// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.store.LeasedWork;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stages report of an event's way, for whoever draws it. Must neither block nor fail. Thread-safe. */
public interface Traces {
    /** Nobody draws it. */
    Traces OFF = new Traces() {
        @Override
        public void accepted(String source, boolean asked, List<String> events, Instant begun) {}

        @Override
        public void ended(LeasedWork work, Instant begun, @Nullable WorkOutcome outcome, @Nullable Throwable failure) {}
    };

    /**
     * Events are durable.
     *
     * @param source the channel or desk that they came from
     * @param asked whether the other side sent a request for them, and waits for its answer
     * @param begun when the request was there
     */
    void accepted(String source, boolean asked, List<String> events, Instant begun);

    /**
     * The journey of an event, or an attempt of a delivery, is through.
     *
     * @param outcome how it ended; null when a step of an operator's hid that
     * @param failure why it did not come through; null when it did
     */
    void ended(LeasedWork work, Instant begun, @Nullable WorkOutcome outcome, @Nullable Throwable failure);
}
