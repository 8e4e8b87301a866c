// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import io.dragoman.app.deadletter.DeadLetterQueries;
import io.dragoman.app.deadletter.DeadLetterSelection;
import io.dragoman.app.pause.PauseQueries;
import io.dragoman.store.DeadLetters.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator asks first: what runs, for how long, how it is, what waits, what went wrong last. Blocks. */
public final class GatewaySummary {
    private static final int LAST = 5;
    private static final DeadLetterSelection EVERY = new DeadLetterSelection(null, null, null, null, null);
    private static final Set<String> WAITING = Set.of("new", "ready", "sending", "retry");

    private final GatewayStatus status;
    private final StoreFigures figures;
    private final DeadLetterQueries deadLetters;
    private final PauseQueries pauses;
    private final Clock clock;
    private final Instant startedAt;

    /** @param clock tells that it has started now */
    public GatewaySummary(
            GatewayStatus status,
            StoreFigures figures,
            DeadLetterQueries deadLetters,
            PauseQueries pauses,
            Clock clock) {
        this.status = status;
        this.figures = figures;
        this.deadLetters = deadLetters;
        this.pauses = pauses;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * All of it.
     *
     * @param work null while the store cannot be used, or is counted for the first time
     * @param lastProblems the latest dead or uncertain work, five at most
     */
    public record Summary(
            String version,
            Instant startedAt,
            long uptimeSeconds,
            GatewayStatus.StatusReport health,
            @Nullable WorkCounts work,
            List<DeadLetter> lastProblems) {}

    /**
     * How much there is to do, and what needs a person.
     *
     * @param eventsWaiting what came in and is not processed
     * @param deliveriesWaiting what is to go out, now or when it is tried again
     * @param dead events and deliveries
     * @param uncertain deliveries of which nobody knows whether they arrived
     * @param paused channels, desks and lanes
     * @param conversationsWaiting open ones whose customer waits for a person; null while they are counted
     */
    public record WorkCounts(
            long eventsWaiting,
            long deliveriesWaiting,
            long dead,
            long uncertain,
            long paused,
            @Nullable Long conversationsWaiting) {}

    public Summary summary() {
        GatewayStatus.StatusReport health = status.report();
        boolean usable = health.storeUsable();
        return new Summary(
                ProgramVersion.own(),
                startedAt,
                Duration.between(startedAt, clock.instant()).toSeconds(),
                health,
                usable ? work().orElse(null) : null,
                usable ? deadLetters.latest(EVERY, LAST).deadLetters() : List.of());
    }

    /** How much there is to do; empty while it is counted for the first time. */
    public Optional<WorkCounts> work() {
        PauseQueries.PauseList stopped = pauses.list();
        Long conversations =
                figures.waiting().map(StoreFigures.Waiting::conversations).orElse(null);
        return figures.totals()
                .map(totals -> new WorkCounts(
                        rows(totals.events(), WAITING),
                        rows(totals.deliveries(), WAITING),
                        rows(totals.events(), Set.of("dead")) + rows(totals.deliveries(), Set.of("dead")),
                        rows(totals.deliveries(), Set.of("uncertain")),
                        stopped.targets().size() + (long) stopped.lanes().size(),
                        conversations));
    }

    private static long rows(List<StoreFigures.Total> totals, Set<String> states) {
        return totals.stream()
                .filter(total -> states.contains(total.state()))
                .mapToLong(StoreFigures.Total::rows)
                .sum();
    }
}
