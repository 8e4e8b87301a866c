// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.report;

import io.dragoman.app.report.ReportQueries.ReportLine;
import io.dragoman.model.Conversation.State;
import io.dragoman.store.ConversationFigures.Figures;
import io.dragoman.store.ConversationFigures.Place;
import io.dragoman.store.ConversationFigures.Traffic;
import io.dragoman.store.ConversationFigures.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What is counted of one place, or of all. */
final class PlaceTally {
    private final LongStream.Builder responses = LongStream.builder();
    private final LongStream.Builder resolutions = LongStream.builder();
    private long conversations;
    private long byUs;
    private long unanswered;
    private long closedUnanswered;
    private long in;
    private long out;
    private long automatic;

    void add(Figures one) {
        conversations++;
        if (one.closedAt() != null) {
            resolutions.add(millis(one.createdAt(), one.closedAt()));
        }
        Written written = one.written();
        Instant asked = written.firstCustomer();
        if (written.byUs()) {
            byUs++;
        } else if (asked == null) {
            return; // nothing was written in it that stayed: nobody waits, and nobody began it
        } else if (written.firstAnswer() != null) {
            responses.add(millis(asked, written.firstAnswer()));
        } else if (one.state() == State.OPEN) {
            unanswered++;
        } else {
            closedUnanswered++;
        }
    }

    void add(Traffic traffic) {
        in += traffic.in();
        out += traffic.out();
        automatic += traffic.automatic();
    }

    /** @param place null for all of them */
    ReportLine line(@Nullable Place place) {
        return new ReportLine(
                place == null ? null : place.channel(),
                place == null ? null : place.desk(),
                place == null ? null : place.team(),
                conversations,
                byUs,
                in,
                out,
                automatic,
                Percentiles.of(responses.build().toArray()),
                Percentiles.of(resolutions.build().toArray()),
                unanswered,
                closedUnanswered);
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
