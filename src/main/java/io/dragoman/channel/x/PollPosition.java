// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.model.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far X was asked.
 *
 * @param checked when it was last
 * @param direct the newest direct message that was seen
 * @param posts the newest mention that was seen
 * @param until before this X takes no more questions; null where it said no such thing
 * @param problem what was wrong; null for nothing
 */
record PollPosition(
        Instant checked,
        long direct,
        long posts,
        @Nullable Instant until,
        @Nullable String problem) {
    /** From now on: what was there before us is not wanted. */
    static PollPosition begin(Instant now, @Nullable String problem) {
        long before = XId.first(now) - 1;
        return new PollPosition(now, before, before, null, problem);
    }

    static PollPosition read(String text) {
        return Json.read(text, PollPosition.class);
    }

    String write() {
        return Json.write(this);
    }
}
