// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

/** Work that we hold: a lane and its head. */
public sealed interface Claimed {
    Lanes.Claim claim();

    /** An event of the inbox. */
    record Event(Lanes.Claim claim, Events.Stored stored) implements Claimed {}

    /**
     * A delivery of the outbox, its attempt begun on disk.
     *
     * @param attempt the attempt's number
     * @param interrupted whether the attempt before began and nobody knows how it ended
     */
    record Delivery(Lanes.Claim claim, Deliveries.Stored stored, int attempt, boolean interrupted) implements Claimed {}
}
