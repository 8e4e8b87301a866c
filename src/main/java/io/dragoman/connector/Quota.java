// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often something may be done, by somebody or from one client address.
 *
 * @param name of what is done, with who may do it so often
 * @param key who does it; null counts for the client's address, of IPv6 its network
 * @param most how often at once, and within {@code per}
 */
public record Quota(String name, @Nullable String key, int most, Duration per) {
    @Override
    public String toString() {
        return "Quota[" + name + "]";
    }
}
