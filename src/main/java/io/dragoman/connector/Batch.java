// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.List;

/**
 * What one poll took. Requests and position are committed together: nothing is lost between them or taken twice.
 *
 * @param position where the next poll goes on, in the connector's own words
 */
public record Batch(List<Request> requests, String position) {
    public Batch {
        requests = List.copyOf(requests);
    }
}
