// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one poll took. Requests and position are committed together: nothing is lost between them or taken twice.
 *
 * @param position where the next poll goes on, in the connector's own words
 * @param problem what the operator should know although the poll worked, never content or secret; null for nothing
 */
public record Batch(
        List<Request> requests, String position, @Nullable String problem) {
    public Batch {
        requests = List.copyOf(requests);
    }

    /** A batch of which there is nothing to tell. */
    public Batch(List<Request> requests, String position) {
        this(requests, position, null);
    }
}
