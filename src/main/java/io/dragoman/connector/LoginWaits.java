// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;
import java.util.List;

/**
 * How long a refused password waits for its next try: servers count refused ones, and many lock the address after five
 * within ten minutes.
 */
public final class LoginWaits {
    private static final List<Duration> WAITS =
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));

    private LoginWaits() {}

    /**
     * The wait after so many refusals in a row; the last one repeats.
     *
     * @param refusals from 1
     */
    public static Duration after(int refusals) {
        return WAITS.get(Math.min(Math.max(refusals, 1), WAITS.size()) - 1);
    }
}
