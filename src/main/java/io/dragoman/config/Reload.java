// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import java.util.List;

/**
 * A configuration that changed while the gateway runs.
 *
 * @param configuration the new one, checked; what only a restart brings into force is still as it was
 * @param restart what waits for the next start, such as {@code http}
 */
public record Reload<R>(Configuration configuration, R rules, List<String> restart) {
    public Reload {
        restart = List.copyOf(restart);
    }
}
