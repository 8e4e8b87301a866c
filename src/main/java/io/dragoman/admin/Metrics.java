// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.delivery.Outbox;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import io.dragoman.store.Lanes;
import io.dragoman.store.Pauses;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures: what was counted as it happened, and what the store holds. */
final class Metrics {
    private final PrometheusMeterRegistry meters;
    private final Store store;
    private final Clock clock;
    private final MultiGauge events;
    private final MultiGauge deliveries;
    private final MultiGauge oldest;
    private final MultiGauge differences;
    private final MultiGauge stopped;
    private final ConnectorRegistry registry;
    private final CircuitBreakers targets;
    private final CachedAggregate<Counts> counts;
    private final CachedAggregate<Map<String, Long>> ledger;

    /**
     * Registers the figures.
     *
     * @param ledger what is unaccounted for, by channel
     * @param beside where is counted what takes long
     */
    Metrics(AdminRoutes.Parts parts, CachedAggregate<Map<String, Long>> ledger, Executor beside) {
        this.meters = parts.meters();
        this.registry = parts.registry();
        this.targets = parts.targets();
        this.store = parts.store();
        this.clock = parts.clock();
        this.ledger = ledger;
        counts = new CachedAggregate<>(() -> store.read(Counts::of), beside, clock);
        events = gauge("dragoman.events", "Events in the store, by source and state.");
        deliveries = gauge("dragoman.deliveries", "Deliveries in the store, by target and state.");
        oldest = gauge("dragoman.lane.oldest.seconds", "How long the longest waiting lane of a kind has been ready.");
        differences = gauge(
                "dragoman.ledger.difference", "What is unaccounted for in the last day: anything but 0 is an alarm.");
        stopped = gauge(
                "dragoman.target.stopped",
                "1 while nothing but a try now and then goes to a channel or desk (held-back), or nothing (paused, or"
                        + " not-configured although something waits for it).");
        Gauge.builder("dragoman.store.queue", store, Store::waiting)
                .description("Units of work that wait for the store's writer.")
                .register(meters);
        new JvmMemoryMetrics().bindTo(meters);
    }

    /** How much the store holds. */
    private record Counts(List<Events.Count> events, List<Deliveries.Count> deliveries) {
        static Counts of(Tx tx) {
            return new Counts(tx.events().counts(), tx.deliveries().counts());
        }
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    ApiResponse scrape(ApiRequest request) {
        String figures = figures(counts.get(), ledger.get());
        return ApiResponse.text("text/plain; version=0.0.4; charset=utf-8", figures);
    }

    /** One scrape after the other: a gauge that is registered anew is missing for a moment. */
    private synchronized String figures(Optional<Counts> held, Optional<Map<String, Long>> unaccounted) {
        held.ifPresent(this::counted);
        unaccounted.ifPresent(this::compared);
        store.read(tx -> {
            now(tx);
            return true;
        });
        return meters.scrape();
    }

    private void counted(Counts held) {
        events.register(
                rows(held.events(), count -> {
                    Tags tags = Tags.of("source", count.source(), "state", StoryText.word(count.state()));
                    return MultiGauge.Row.of(tags, count.events());
                }),
                true);
        deliveries.register(
                rows(held.deliveries(), count -> {
                    Tags tags = Tags.of("target", count.target(), "state", StoryText.word(count.state()));
                    return MultiGauge.Row.of(tags, count.deliveries());
                }),
                true);
    }

    private void compared(Map<String, Long> unaccounted) {
        differences.register(
                rows(
                        unaccounted.entrySet(),
                        one -> MultiGauge.Row.of(Tags.of("channel", one.getKey()), one.getValue())),
                true);
    }

    private static <T> List<MultiGauge.Row<?>> rows(Collection<T> all, Function<T, MultiGauge.Row<?>> row) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        all.forEach(one -> rows.add(row.apply(one)));
        return rows;
    }

    /** What is looked up for each scrape, as it costs next to nothing. */
    private void now(Tx tx) {
        Set<String> paused =
                tx.pauses().all().stream().map(Pauses.Pause::target).collect(Collectors.toSet());
        List<MultiGauge.Row<?>> stops = new ArrayList<>();
        registry.all().map(configured -> configured.account().id()).forEach(id -> {
            boolean heldBack = targets.trouble(id)
                    .filter(trouble -> trouble.until() != null)
                    .isPresent();
            stops.add(MultiGauge.Row.of(Tags.of("target", id, "why", "held-back"), heldBack ? 1 : 0));
            stops.add(MultiGauge.Row.of(Tags.of("target", id, "why", "paused"), paused.contains(id) ? 1 : 0));
        });
        Outbox.unconfigured(tx, id -> registry.find(id).isPresent())
                .forEach(id -> stops.add(MultiGauge.Row.of(Tags.of("target", id, "why", "not-configured"), 1)));
        stopped.register(stops, true);
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        for (Lanes.Kind kind : Lanes.Kind.values()) {
            long age = clock.millis() - tx.lanes().oldestReady(kind);
            ages.add(MultiGauge.Row.of(Tags.of("kind", StoryText.word(kind)), Math.max(0, age) / 1000.0));
        }
        oldest.register(ages, true);
    }
}
