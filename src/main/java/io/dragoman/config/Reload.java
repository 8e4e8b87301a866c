// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import java.util.List;

/**
 * A configuration that changed while the gateway runs.
 *
 * @param configuration the new one, whole and checked
 * @param rules to be taken over at once
 * @param restart what differs from the running gateway and waits for its next start, such as {@code channels.sms}
 */
public record Reload<R>(Configuration configuration, R rules, List<String> restart) {
    public Reload {
        restart = List.copyOf(restart);
    }
}
