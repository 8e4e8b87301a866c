// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.measure.MeasureLine;
import io.dragoman.app.report.Percentiles;
import io.dragoman.app.status.StoreFigures;
import io.dragoman.app.status.StoreFigures.TargetState;
import io.dragoman.app.status.StoreFigures.Total;
import io.dragoman.app.status.StoreFigures.Totals;
import io.dragoman.app.status.StoreFigures.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The figures in Prometheus' text: what was counted as it happened, and what the store holds. Thread-safe. */
public final class Metrics {
    /** What the text is. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters;
    private final StoreFigures figures;
    private final MultiGauge events;
    private final MultiGauge deliveries;
    private final MultiGauge oldest;
    private final MultiGauge differences;
    private final MultiGauge stopped;
    private final MultiGauge logins;
    private final MultiGauge loginEnds;
    private final MultiGauge callsLeft;
    private final MultiGauge waiting;
    private final MultiGauge longest;
    private final MultiGauge responses;
    private final MultiGauge resolutions;
    private final MultiGauge backlog;
    private final MultiGauge backlogAge;

    public Metrics(StoreFigures figures, PrometheusMeterRegistry meters) {
        this.figures = figures;
        this.meters = meters;
        events = gauge("dragoman.events", "Events in the store, by source and state.");
        deliveries = gauge("dragoman.deliveries", "Deliveries in the store, by target and state.");
        oldest = gauge(
                "dragoman.lane.oldest.seconds",
                "How long the longest waiting lane of a kind has been ready, or its head tried in vain.");
        differences = gauge(
                "dragoman.ledger.difference", "What is unaccounted for in the last day: anything but 0 is an alarm.");
        stopped = gauge(
                "dragoman.target.stopped",
                "1 while a channel or desk gets only single probes after failures (circuit-open) or nothing (paused, or"
                        + " not-configured while something waits for it).");
        logins = gauge(
                "dragoman.login.refused",
                "1 while the login or token of a channel or desk is refused, by target and way (receiving, sending,"
                        + " renewing).");
        loginEnds = gauge(
                "dragoman.login.ends.seconds",
                "How long the login of a channel (OAuth 2) or its client's secret lasts, where that is known; below 0 after"
                        + " its end.");
        callsLeft = gauge(
                "dragoman.desk.calls.left",
                "How many calls are left for news in the present minute, of desks with callsPerMinute.");
        waiting = gauge(
                "dragoman.conversations.waiting", "Open conversations whose customer waits for a person's answer.");
        longest =
                gauge("dragoman.conversations.waiting.longest.seconds", "For how long the longest of them has waited.");
        responses = gauge(
                "dragoman.first.response.seconds",
                "From the first message to a person's answer, of conversations that began in the last 24 hours.");
        resolutions = gauge(
                "dragoman.resolution.seconds",
                "From the beginning to the closing, of conversations that began in the last 24 hours.");
        backlog = gauge("dragoman.conversations.open", "Conversations that are open now.");
        backlogAge = gauge("dragoman.conversations.open.age.seconds", "How old they are.");
        Gauge.builder("dragoman.store.queue", figures, StoreFigures::writerQueue)
                .description("Units of work that wait for the store's writer.")
                .register(meters);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    ApiResponse scrape(ApiRequest request) {
        return ApiResponse.text(TYPE, scrape());
    }

    /** All of them as they are now. Blocks. */
    public String scrape() {
        return scrape(figures.totals(), figures.differences(), figures.waiting(), figures.measures());
    }

    PrometheusMeterRegistry meters() {
        return meters;
    }

    /** One scrape after the other: a gauge that is registered anew is missing for a moment. */
    private synchronized String scrape(
            Optional<Totals> totals,
            Optional<Map<String, Long>> unaccounted,
            Optional<Waiting> waits,
            Optional<MeasureLine> measures) {
        measures.ifPresent(day -> {
            set(responses, day.firstResponse());
            set(resolutions, day.resolution());
            backlog.register(
                    List.of(MultiGauge.Row.of(Tags.empty(), day.backlog().count())), true);
            set(backlogAge, day.backlog());
        });
        waits.ifPresent(now -> {
            waiting.register(List.of(MultiGauge.Row.of(Tags.empty(), now.conversations())), true);
            longest.register(List.of(MultiGauge.Row.of(Tags.empty(), now.seconds())), true);
        });
        totals.ifPresent(all -> {
            set(events, all.events(), "source");
            set(deliveries, all.deliveries(), "target");
        });
        unaccounted.ifPresent(channels -> differences.register(
                rows(channels.entrySet(), one -> MultiGauge.Row.of(Tags.of("channel", one.getKey()), one.getValue())),
                true));
        stopped.register(stops(), true);
        logins.register(
                rows(
                        figures.logins(),
                        one -> MultiGauge.Row.of(
                                Tags.of("target", one.target(), "way", one.way()), one.refused() ? 1 : 0)),
                true);
        loginEnds.register(
                rows(figures.loginEnds(), one -> MultiGauge.Row.of(Tags.of("target", one.target()), one.seconds())),
                true);
        callsLeft.register(
                rows(figures.callsLeft(), one -> MultiGauge.Row.of(Tags.of("target", one.target()), one.calls())),
                true);
        oldest.register(
                rows(figures.laneAges(), age -> MultiGauge.Row.of(Tags.of("kind", age.kind()), age.seconds())), true);
        return meters.scrape();
    }

    /** Where there was nothing, there is no time. */
    private static void set(MultiGauge gauge, Percentiles times) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        if (times.median() != null && times.p90() != null) {
            rows.add(MultiGauge.Row.of(Tags.of("quantile", "0.5"), times.median()));
            rows.add(MultiGauge.Row.of(Tags.of("quantile", "0.9"), times.p90()));
        }
        gauge.register(rows, true);
    }

    private static void set(MultiGauge gauge, List<Total> totals, String place) {
        gauge.register(
                rows(totals, one -> MultiGauge.Row.of(Tags.of(place, one.place(), "state", one.state()), one.rows())),
                true);
    }

    private List<MultiGauge.Row<?>> stops() {
        List<MultiGauge.Row<?>> stops = new ArrayList<>();
        for (TargetState one : figures.targetStates()) {
            stops.add(MultiGauge.Row.of(
                    Tags.of("target", one.target(), "why", "circuit-open"), one.circuitOpen() ? 1 : 0));
            stops.add(MultiGauge.Row.of(Tags.of("target", one.target(), "why", "paused"), one.paused() ? 1 : 0));
        }
        figures.unconfigured()
                .forEach(id -> stops.add(MultiGauge.Row.of(Tags.of("target", id, "why", "not-configured"), 1)));
        return stops;
    }

    private static <T> List<MultiGauge.Row<?>> rows(Collection<T> all, Function<T, MultiGauge.Row<?>> row) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        all.forEach(one -> rows.add(row.apply(one)));
        return rows;
    }
}
