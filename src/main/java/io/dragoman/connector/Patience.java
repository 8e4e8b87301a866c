// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Clock;
import java.time.Duration;

/** How long a poll may wait for news, and how it learns that the gateway stops. */
public interface Patience {
    /** The longest a poll should wait for something to come. */
    Duration limit();

    /** The time, for what has none of its own. */
    Clock clock();

    /** Whether to come back at once. */
    boolean stopping();

    /** Calls {@code release} when the gateway stops (at once, if it already does), to free a blocked read. */
    AutoCloseable onStop(Runnable release);
}
