// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.connector.Directory;
import io.dragoman.explain.Telling;
import io.dragoman.outbox.Targets;
import io.dragoman.store.Lanes;
import io.dragoman.store.Ledger;
import io.dragoman.store.Pauses;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures: what was counted as it happened, and what the store holds, looked up at most every few seconds. */
final class Metrics {
    private static final Duration FRESH = Duration.ofSeconds(5);
    /** Counting takes longer the more there is; no more than this part of the time is spent on it. */
    private static final int SELDOM = 20;

    private static final Duration LEDGER = Duration.ofHours(24);

    private final PrometheusMeterRegistry registry;
    private final Store store;
    private final Clock clock;
    private final MultiGauge events;
    private final MultiGauge deliveries;
    private final MultiGauge oldest;
    private final MultiGauge differences;
    private final MultiGauge stopped;
    private final Directory directory;
    private final Targets targets;
    private Instant lookedAt = Instant.MIN;
    private Duration fresh = FRESH;

    Metrics(PrometheusMeterRegistry registry, Store store, Directory directory, Targets targets, Clock clock) {
        this.registry = registry;
        this.directory = directory;
        this.targets = targets;
        this.store = store;
        this.clock = clock;
        events = gauge("dragoman.events", "Events in the store, by source and state.");
        deliveries = gauge("dragoman.deliveries", "Deliveries in the store, by target and state.");
        oldest = gauge("dragoman.lane.oldest.seconds", "How long the longest waiting lane of a kind has been ready.");
        differences = gauge(
                "dragoman.ledger.difference", "What is unaccounted for in the last day: anything but 0 is an alarm.");
        stopped = gauge(
                "dragoman.target.stopped",
                "1 while nothing but a try now and then goes to a channel or desk (held-back), or nothing (paused).");
        Gauge.builder("dragoman.store.queue", store, Store::waiting)
                .description("Units of work that wait for the store's writer.")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    Answer scrape(Question question) {
        lookUp();
        return Answer.text("text/plain; version=0.0.4; charset=utf-8", registry.scrape());
    }

    /** Two that scrape at once share the look-up. */
    private synchronized void lookUp() {
        Instant now = clock.instant();
        boolean clockWentBack = now.isBefore(lookedAt);
        if (clockWentBack || lookedAt.equals(Instant.MIN) || now.isAfter(lookedAt.plus(fresh))) {
            store.read(tx -> {
                rows(tx, now);
                return true;
            });
            lookedAt = clock.instant();
            Duration seldom = Duration.between(now, lookedAt).multipliedBy(SELDOM);
            fresh = seldom.compareTo(FRESH) > 0 ? seldom : FRESH;
        }
    }

    private void rows(Tx tx, Instant now) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        tx.events()
                .counts()
                .forEach(count -> rows.add(MultiGauge.Row.of(
                        Tags.of("source", count.source(), "state", Telling.word(count.state())), count.events())));
        events.register(rows, true);
        List<MultiGauge.Row<?>> out = new ArrayList<>();
        tx.deliveries()
                .counts()
                .forEach(count -> out.add(MultiGauge.Row.of(
                        Tags.of("target", count.target(), "state", Telling.word(count.state())), count.deliveries())));
        deliveries.register(out, true);
        Set<String> paused =
                tx.pauses().all().stream().map(Pauses.Pause::target).collect(Collectors.toSet());
        List<MultiGauge.Row<?>> stops = new ArrayList<>();
        directory.all().map(bound -> bound.account().id()).forEach(id -> {
            boolean heldBack = targets.trouble(id)
                    .filter(trouble -> trouble.until() != null)
                    .isPresent();
            stops.add(MultiGauge.Row.of(Tags.of("target", id, "why", "held-back"), heldBack ? 1 : 0));
            stops.add(MultiGauge.Row.of(Tags.of("target", id, "why", "paused"), paused.contains(id) ? 1 : 0));
        });
        stopped.register(stops, true);
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        for (Lanes.Kind kind : Lanes.Kind.values()) {
            long age = now.toEpochMilli() - tx.lanes().oldestReady(kind);
            ages.add(MultiGauge.Row.of(Tags.of("kind", Telling.word(kind)), Math.max(0, age) / 1000.0));
        }
        oldest.register(ages, true);
        Map<String, Long> sums = new TreeMap<>();
        for (Ledger.Hour hour : tx.ledger().since(now.minus(LEDGER))) {
            sums.merge(hour.channel(), hour.difference(), Long::sum);
        }
        List<MultiGauge.Row<?>> alarms = new ArrayList<>();
        sums.forEach((channel, difference) -> alarms.add(MultiGauge.Row.of(Tags.of("channel", channel), difference)));
        differences.register(alarms, true);
    }
}
