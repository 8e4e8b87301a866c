// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one Camel route.
 *
 * @param id the route's id; for a file of the operator's that could not be loaded, {@code routes/<file>}
 * @param own whether it is one of the gateway's own, without which it is not ready
 * @param status {@code started}, {@code stopped}, {@code suspended}, {@code restarting} (it failed to start and is tried
 *     again) or {@code not-loaded}
 * @param error the class of the last error, of a file what is wrong with it; null for none
 * @param nextTry when its start is tried again; null where it is not
 */
public record RouteState(
        String id,
        boolean own,
        String status,
        @Nullable String error,
        @Nullable Instant nextTry) {
    public static final String STARTED = "started";
    public static final String RESTARTING = "restarting";
    public static final String NOT_LOADED = "not-loaded";

    public boolean running() {
        return status.equals(STARTED);
    }
}
