// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.overview;

import io.dragoman.app.status.CachedAggregate;
import io.dragoman.app.status.GatewayStatus;
import io.dragoman.app.status.GatewaySummary;
import io.dragoman.app.status.StoreFigures;
import io.dragoman.store.DeadLetters.Cause;
import io.dragoman.store.ReadAccess;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How it goes, at one look. Blocks. */
public final class OverviewQueries {
    private final GatewayStatus status;
    private final GatewaySummary summary;
    private final StoreFigures figures;
    private final Clock clock;
    private final CachedAggregate<List<Cause>> causes;
    private final Map<OverviewPeriod, CachedAggregate<TrafficSeries>> series = new EnumMap<>(OverviewPeriod.class);

    /** @param beside where is counted what takes long */
    public OverviewQueries(
            ReadAccess store,
            GatewayStatus status,
            GatewaySummary summary,
            StoreFigures figures,
            Executor beside,
            Clock clock) {
        this.status = status;
        this.summary = summary;
        this.figures = figures;
        this.clock = clock;
        this.causes =
                new CachedAggregate<>(() -> store.read(tx -> tx.deadLetters().causes()), beside, clock);
        for (OverviewPeriod period : OverviewPeriod.values()) {
            series.put(period, new CachedAggregate<>(() -> count(store, period), beside, clock));
        }
    }

    private TrafficSeries count(ReadAccess store, OverviewPeriod period) {
        Instant start = period.start(clock.instant());
        return TrafficSeries.of(period, start, store.read(tx -> tx.trafficFigures()
                .since(start, period.step().toMillis())));
    }

    /**
     * All of it.
     *
     * @param series null while it is counted for the first time
     * @param waiting null while it is counted for the first time, and {@code dead}, {@code uncertain}, {@code paused}
     * @param openCircuits channels and desks that take nothing now
     * @param ledgerDifference null while it is counted for the first time
     */
    public record Overview(
            OverviewPeriod period,
            Instant at,
            @Nullable TrafficSeries series,
            @Nullable Waiting waiting,
            @Nullable Long dead,
            @Nullable Long uncertain,
            @Nullable Long paused,
            List<String> openCircuits,
            @Nullable Long ledgerDifference,
            List<Need> needs) {}

    /**
     * What is not done yet.
     *
     * @param oldestAt since when the one that waits longest has been ready or tried in vain; null for none
     */
    public record Waiting(
            long events, long deliveries, @Nullable Instant oldestAt) {}

    public Overview of(OverviewPeriod period) {
        Instant now = clock.instant();
        GatewayStatus.StatusReport report = status.report();
        boolean usable = report.storeUsable();
        Optional<GatewaySummary.WorkCounts> work = usable ? summary.work() : Optional.empty();
        List<String> open = report.channels().stream()
                .filter(one -> one.sending().status().equals("circuit-open"))
                .map(GatewayStatus.ChannelStatus::id)
                .toList();
        return new Overview(
                period,
                now,
                usable ? Objects.requireNonNull(series.get(period)).get().orElse(null) : null,
                work.map(counts -> new Waiting(counts.eventsWaiting(), counts.deliveriesWaiting(), oldest(now)))
                        .orElse(null),
                work.map(GatewaySummary.WorkCounts::dead).orElse(null),
                work.map(GatewaySummary.WorkCounts::uncertain).orElse(null),
                work.map(GatewaySummary.WorkCounts::paused).orElse(null),
                open,
                report.ledgerDifference(),
                Needs.of(report, work, usable ? causes.get() : Optional.empty(), usable ? waitingSince(now) : null));
    }

    private @Nullable Instant waitingSince(Instant now) {
        return figures.waiting()
                .filter(waiting -> waiting.conversations() > 0)
                .map(waiting -> now.minusMillis((long) (waiting.seconds() * 1000)))
                .orElse(null);
    }

    private @Nullable Instant oldest(Instant now) {
        double seconds = figures.laneAges().stream()
                .mapToDouble(StoreFigures.LaneAge::seconds)
                .max()
                .orElse(0);
        return seconds > 0 ? now.minusMillis((long) (seconds * 1000)) : null;
    }
}
