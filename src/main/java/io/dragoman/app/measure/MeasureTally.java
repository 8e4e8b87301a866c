// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import io.dragoman.app.report.Percentiles;
import io.dragoman.model.Conversation.State;
import io.dragoman.store.MeasureFigures.Asked;
import io.dragoman.store.MeasureFigures.Measured;
import io.dragoman.store.MeasureFigures.Passed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What is counted of one group, or of all. */
final class MeasureTally {
    private final Optional<OpenTime> open;
    private final LongStream.Builder responses = LongStream.builder();
    private final LongStream.Builder responsesOpen = LongStream.builder();
    private final LongStream.Builder resolutions = LongStream.builder();
    private final LongStream.Builder resolutionsOpen = LongStream.builder();
    private final LongStream.Builder backlog = LongStream.builder();
    private final Map<String, Integer> came = new HashMap<>();
    private final Set<String> wroteBefore = new HashSet<>();
    private final Set<String> wroteNow = new HashSet<>();
    private final ScoreTally csat = ScoreTally.csat();
    private final ScoreTally nps = ScoreTally.nps();
    private final ScoreTally ces = ScoreTally.ces();
    private long conversations;
    private long byUs;
    private long unanswered;
    private long closedUnanswered;
    private long everClosed;
    private long reopened;
    private long closed;
    private long deflected;
    private long settled;
    private long settledAtOnce;
    private long pending;
    private long in;
    private long out;
    private long automatic;

    /** @param open the business hours, where there are any */
    MeasureTally(Optional<OpenTime> open) {
        this.open = open;
    }

    void add(Measured one) {
        conversations++;
        if (one.turns().closed() != null) {
            everClosed++;
            reopened += one.turns().times() > 0 ? 1 : 0;
        }
        Instant end = one.closedAt();
        if (end != null) {
            resolutions.add(millis(one.createdAt(), end));
            open.ifPresent(hours -> resolutionsOpen.add(hours.between(one.createdAt(), end)));
        }
        Instant asked = one.said().customer();
        if (one.said().byUs()) {
            byUs++;
        } else if (asked != null) {
            byCustomer(one, asked);
        }
    }

    private void byCustomer(Measured one, Instant asked) {
        came.merge(one.contact(), 1, Integer::sum);
        Instant answer = one.said().answer();
        if (answer != null) {
            responses.add(millis(asked, answer));
            open.ifPresent(hours -> responsesOpen.add(hours.between(asked, answer)));
        } else if (one.state() == State.OPEN) {
            unanswered++;
        } else {
            closedUnanswered++;
        }
        if (one.state() == State.CLOSED) {
            closed++;
            deflected += answer == null && one.said().machineLast() ? 1 : 0;
        }
    }

    /** Whether the customer of a conversation that was closed long enough ago had not to come back. */
    void settled(boolean atOnce) {
        settled++;
        settledAtOnce += atOnce ? 1 : 0;
    }

    /** A conversation was closed too late to tell. */
    void pending() {
        pending++;
    }

    void add(Passed messages) {
        in += messages.in();
        out += messages.out();
        automatic += messages.automatic();
        if (messages.written() > 0) {
            wroteNow.add(messages.contact());
        }
    }

    void before(Passed messages) {
        if (messages.written() > 0) {
            wroteBefore.add(messages.contact());
        }
    }

    void add(Asked survey) {
        switch (survey.kind()) {
            case "csat" -> csat.add(survey);
            case "nps" -> nps.add(survey);
            case "ces" -> ces.add(survey);
            default -> {} // one of a later version
        }
    }

    /** How many contacts it has in memory. */
    int contacts() {
        return Math.max(wroteBefore.size(), wroteNow.size());
    }

    /** Something is open now. */
    void waits(Duration age) {
        backlog.add(age.toMillis());
    }

    /** @param churns whether contacts can leave it */
    MeasureLine line(@Nullable String group, boolean churns) {
        return new MeasureLine(
                group,
                conversations,
                byUs,
                in,
                out,
                automatic,
                Percentiles.of(responses.build().toArray()),
                open.isEmpty() ? null : Percentiles.of(responsesOpen.build().toArray()),
                unanswered,
                closedUnanswered,
                Percentiles.of(resolutions.build().toArray()),
                open.isEmpty() ? null : Percentiles.of(resolutionsOpen.build().toArray()),
                Share.of(settledAtOnce, settled),
                pending,
                Share.of(reopened, everClosed),
                Share.of(came.values().stream().filter(times -> times > 1).count(), came.size()),
                Share.of(deflected, closed),
                Percentiles.of(backlog.build().toArray()),
                churns ? churn() : null,
                csat.part(),
                nps.difference(),
                ces.part());
    }

    private Share churn() {
        return Share.of(
                wroteBefore.stream()
                        .filter(contact -> !wroteNow.contains(contact))
                        .count(),
                wroteBefore.size());
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
