// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.model.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an account's list of messages was backfilled.
 *
 * @param from what was sent earlier was there before us and is not wanted
 * @param until everything sent before was found, by a backfill that was completed
 * @param reached of a backfill under way: everything sent until then was found; null when none is
 * @param goal where the backfill under way ends; null when none is
 */
public record BackfillPosition(
        Instant from,
        Instant until,
        @Nullable Instant reached,
        @Nullable Instant goal) {
    public static BackfillPosition read(String text) {
        return Json.read(text, BackfillPosition.class);
    }

    String write() {
        return Json.write(this);
    }

    BackfillPosition at(Instant taken, Instant end) {
        return new BackfillPosition(from, until, taken, end);
    }

    BackfillPosition done(Instant end) {
        return new BackfillPosition(from, end, null, null);
    }
}
