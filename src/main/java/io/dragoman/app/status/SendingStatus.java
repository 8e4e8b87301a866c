// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.dragoman.app.phrase.Phrase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What goes out there.
 *
 * @param status {@code ok}, {@code failing} while deliveries fail, {@code circuit-open} while none is tried but one
 *     now and then, {@code paused} by an operator, or {@code not-configured}
 * @param why the problem for other languages; null where it is somebody's own words
 */
public record SendingStatus(
        String status,
        int failuresInARow,
        @Nullable Instant since,
        @Nullable Instant nextTry,
        @Nullable String problem,
        @JsonIgnore @Nullable Phrase why) {
    public SendingStatus(
            String status,
            int failuresInARow,
            @Nullable Instant since,
            @Nullable Instant nextTry,
            @Nullable String problem) {
        this(status, failuresInARow, since, nextTry, problem, null);
    }
}
