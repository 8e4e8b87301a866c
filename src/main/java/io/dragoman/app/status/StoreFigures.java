// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import io.dragoman.app.measure.MeasureLine;
import io.dragoman.app.measure.MeasureQueries;
import io.dragoman.app.measure.MeasureQueries.Question;
import io.dragoman.app.report.Period;
import io.dragoman.app.report.ReportQueries;
import io.dragoman.app.report.ReportQueries.WaitingReport;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.OpeningHours;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.delivery.Outbox;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import io.dragoman.store.Lanes;
import io.dragoman.store.Pauses;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.work.ChannelActivity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What the store holds, in figures for a dashboard. Blocks. Thread-safe. */
public final class StoreFigures {
    private final Store store;
    private final ConnectorRegistry registry;
    private final CircuitBreakers targets;
    private final ChannelActivity activity;
    private final LoginForecast renewals;
    private final Clock clock;
    private final CachedAggregate<Totals> totals;
    private final CachedAggregate<Map<String, Long>> ledger;
    private final CachedAggregate<WaitingReport> waiting;
    private final CachedAggregate<MeasureLine> measures;

    /**
     * @param ledger what is unaccounted for, by channel
     * @param beside where is counted what takes long
     */
    public StoreFigures(
            Store store,
            ConnectorRegistry registry,
            CircuitBreakers targets,
            ChannelActivity activity,
            LoginForecast renewals,
            CachedAggregate<Map<String, Long>> ledger,
            Executor beside,
            Clock clock) {
        this.store = store;
        this.registry = registry;
        this.targets = targets;
        this.activity = activity;
        this.renewals = renewals;
        this.ledger = ledger;
        this.clock = clock;
        this.totals = new CachedAggregate<>(() -> store.read(Totals::of), beside, clock);
        ReportQueries reports = new ReportQueries(store);
        this.waiting = new CachedAggregate<>(() -> reports.waiting(clock.instant(), 1), beside, clock);
        MeasureQueries measuring = new MeasureQueries(store);
        this.measures = new CachedAggregate<>(() -> lastDay(measuring, clock.instant()), beside, clock);
    }

    /** So many rows of one place are in one state, as a word. */
    public record Total(String place, String state, long rows) {}

    /** All rows: events by source, deliveries by target. */
    public record Totals(List<Total> events, List<Total> deliveries) {
        static Totals of(Tx tx) {
            return new Totals(
                    tx.events().counts().stream()
                            .map(count -> new Total(count.source(), Words.of(count.state()), count.events()))
                            .toList(),
                    tx.deliveries().counts().stream()
                            .map(count -> new Total(count.target(), Words.of(count.state()), count.deliveries()))
                            .toList());
        }
    }

    /**
     * What goes out to a channel or desk.
     *
     * @param circuitOpen only single probes go there
     * @param paused nothing goes there
     */
    public record TargetState(String target, boolean circuitOpen, boolean paused) {}

    /**
     * A login or token.
     *
     * @param way {@code receiving} or {@code sending}
     */
    public record Login(String target, String way, boolean refused) {}

    /** How long the login of a channel lasts unless it is renewed; less than 0 after its end. */
    public record LoginEnd(String target, double seconds) {}

    /** How long the longest waiting lane of a kind, as a word, has been ready or tried in vain. */
    public record LaneAge(String kind, double seconds) {}

    /** How many conversations wait for an answer of a person, and for how long the longest has. */
    public record Waiting(long conversations, double seconds) {}

    /** All rows; counted at most every few seconds, empty while the first count takes long. */
    public Optional<Totals> totals() {
        return totals.get();
    }

    /** What is unaccounted for in the last day, by channel; likewise. */
    public Optional<Map<String, Long>> differences() {
        return ledger.get();
    }

    /** Who waits for an answer; likewise. */
    public Optional<Waiting> waiting() {
        return waiting.get().map(report -> new Waiting(report.count(), longest(report)));
    }

    /** The measures of the last 24 hours, by the clock; likewise. */
    public Optional<MeasureLine> measures() {
        return measures.get();
    }

    private static MeasureLine lastDay(MeasureQueries measuring, Instant now) {
        Period day = new Period(now.minus(Duration.ofDays(1)), now);
        return measuring
                .measure(Question.of(day, null, ZoneOffset.UTC), OpeningHours.NONE, now)
                .total();
    }

    private double longest(WaitingReport report) {
        return report.waiting().stream()
                .mapToDouble(line -> Math.max(0, clock.millis() - line.since().toEpochMilli()) / 1000.0)
                .max()
                .orElse(0);
    }

    /** Each channel and desk, as of now. */
    public List<TargetState> targetStates() {
        Set<String> paused = store.read(tx -> tx.pauses().all()).stream()
                .map(Pauses.Pause::target)
                .collect(Collectors.toSet());
        List<TargetState> states = new ArrayList<>();
        registry.all().map(configured -> configured.account().id()).forEach(id -> {
            boolean circuitOpen = targets.failures(id)
                    .filter(streak -> streak.until() != null)
                    .isPresent();
            states.add(new TargetState(id, circuitOpen, paused.contains(id)));
        });
        return states;
    }

    /** So many calls are left for news of those that a desk may be sent in a minute. */
    public record CallsLeft(String target, int calls) {}

    /** Of each desk that may be called only so often, as of now. */
    public List<CallsLeft> callsLeft() {
        List<CallsLeft> left = new ArrayList<>();
        registry.all().map(ConfiguredAccount::account).forEach(account -> targets.calls()
                .left(account)
                .ifPresent(calls -> left.add(new CallsLeft(account.id(), calls))));
        return left;
    }

    /** The logins and tokens of each channel and desk, as far as they were tried. */
    public List<Login> logins() {
        List<Login> logins = new ArrayList<>();
        activity.all().forEach((id, poll) -> logins.add(new Login(id, "receiving", poll.refusedUntil() != null)));
        registry.all()
                .map(configured -> configured.account().id())
                .forEach(id -> logins.add(new Login(
                        id,
                        "sending",
                        targets.failures(id)
                                .filter(streak -> streak.reason() == Reason.AUTHENTICATION_FAILED)
                                .isPresent())));
        renewed((id, login) -> logins.add(new Login(id, "renewing", login.isOver())));
        return logins;
    }

    /** How long the login of each channel lasts, where that is known. */
    public List<LoginEnd> loginEnds() {
        List<LoginEnd> ends = new ArrayList<>();
        renewed((id, login) -> {
            if (login.endsAt() != null) {
                long millis = Duration.between(clock.instant(), login.endsAt()).toMillis();
                ends.add(new LoginEnd(id, millis / 1000.0));
            }
        });
        return ends;
    }

    private void renewed(BiConsumer<String, LoginForecast.LoginStatus> each) {
        registry.all().forEach(configured -> renewals.of(configured)
                .ifPresent(login -> each.accept(configured.account().id(), login)));
    }

    /** The channels and desks for which something waits although they are not configured, as of now. */
    public Set<String> unconfigured() {
        return store.read(tx -> Outbox.unconfigured(tx, id -> registry.find(id).isPresent()));
    }

    /** Each kind of lane, as of now. */
    public List<LaneAge> laneAges() {
        return store.read(tx -> Arrays.stream(Lanes.Kind.values())
                .map(kind -> {
                    long age = clock.millis() - oldest(tx, kind);
                    return new LaneAge(Words.of(kind), Math.max(0, age) / 1000.0);
                })
                .toList());
    }

    /** A lane that waits for another try is not ready, and waits all the same. */
    private static long oldest(Tx tx, Lanes.Kind kind) {
        long ready = tx.lanes().oldestReady(kind);
        return kind == Lanes.Kind.INBOX
                ? ready
                : Math.min(ready, tx.deliveries().oldestRetry().orElse(Long.MAX_VALUE));
    }

    /** Units of work that wait for the store's writer. */
    public int writerQueue() {
        return store.waiting();
    }
}
