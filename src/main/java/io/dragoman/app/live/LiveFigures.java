// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.live;

import io.dragoman.app.status.GatewaySummary.WorkCounts;

/**
 * How much there is to do.
 *
 * @param dead events and deliveries
 * @param paused channels, desks and lanes
 */
public record LiveFigures(long eventsWaiting, long deliveriesWaiting, long dead, long uncertain, long paused) {
    static LiveFigures of(WorkCounts work) {
        return new LiveFigures(
                work.eventsWaiting(), work.deliveriesWaiting(), work.dead(), work.uncertain(), work.paused());
    }
}
