// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.delivery.Outbox;
import io.dragoman.store.Pauses;
import io.dragoman.store.Store;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.RouteState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether work gets done. One channel in trouble does not make the gateway unready: the others go on. */
final class Health {
    private final Store store;
    private final ConnectorRegistry registry;
    private final ChannelActivity activity;
    private final Supplier<List<RouteState>> routes;
    private final MeterRegistry meters;
    private final CircuitBreakers targets;
    private final CachedAggregate<Map<String, Long>> ledger;

    /**
     * Prepares.
     *
     * @param ledger what is unaccounted for, by channel
     */
    Health(AdminRoutes.Parts parts, CachedAggregate<Map<String, Long>> ledger) {
        this.targets = parts.targets();
        this.store = parts.store();
        this.registry = parts.registry();
        this.activity = parts.activity();
        this.routes = parts.routes();
        this.meters = parts.meters();
        this.ledger = ledger;
    }

    /** All that anybody may know. */
    private record Word(String status) {}

    /** The details. */
    private record Report(
            String status,
            boolean storeUsable,
            int storeQueue,
            @Nullable Long ledgerDifference,
            List<String> stoppedRoutes,
            List<OperatorRoute> operatorRoutes,
            List<Channel> channels) {}

    /** A route of the operator's, or a file of theirs that is not loaded. */
    private record OperatorRoute(
            String id,
            String status,
            @Nullable String error,
            @Nullable Instant nextTry) {}

    /**
     * One channel or desk.
     *
     * @param side {@code channel} or {@code desk}; null for what is not configured
     * @param status {@code ok}, {@code failing}, {@code waiting} for its first success, {@code held-back}, {@code
     *     paused}, or {@code not-configured} where something waits for a channel or desk that is gone
     */
    private record Channel(
            String id,
            String kind,
            @Nullable String side,
            String status,
            @Nullable Polling polling,
            @Nullable Receiving receiving,
            Sending sending) {}

    /**
     * What goes out there.
     *
     * @param status {@code ok}, {@code failing} while deliveries fail, {@code held-back} while none is tried but one
     *     now and then, {@code paused} by an operator, or {@code not-configured}
     */
    private record Sending(
            String status,
            int failuresInARow,
            @Nullable Instant since,
            @Nullable Instant nextTry,
            @Nullable String problem) {}

    private record Polling(
            @Nullable Instant lastSuccess,
            int failuresInARow,
            @Nullable String problem) {}

    private record Receiving(@Nullable Instant lastAccepted, long accepted, long duplicates, long refused) {}

    ApiResponse live(ApiRequest request) {
        return ApiResponse.json(200, new Word("up"));
    }

    ApiResponse ready(ApiRequest request) {
        List<RouteState> states = routes.get();
        List<String> stopped = states.stream()
                .filter(state -> state.own() && !state.running())
                .map(RouteState::id)
                .toList();
        boolean usable = store.usable() && readable();
        boolean ready = usable && stopped.isEmpty();
        String word = ready ? "ready" : "not-ready";
        int status = ready ? 200 : 503;
        if (!request.trusted()) {
            return ApiResponse.json(status, new Word(word));
        }
        Map<String, Pauses.Pause> paused = usable
                ? store.read(tx -> tx.pauses().all()).stream()
                        .collect(Collectors.toMap(Pauses.Pause::target, one -> one))
                : Map.of();
        List<Channel> channels = Stream.concat(
                        registry.all().map(configured -> channel(configured, sending(configured, paused))),
                        usable ? unconfigured().stream() : Stream.of())
                .sorted(Comparator.comparing(Channel::id))
                .toList();
        Long difference = usable ? difference() : null;
        return ApiResponse.json(
                status, new Report(word, usable, store.waiting(), difference, stopped, operators(states), channels));
    }

    private static List<OperatorRoute> operators(List<RouteState> states) {
        return states.stream()
                .filter(state -> !state.own())
                .map(state -> new OperatorRoute(state.id(), state.status(), state.error(), state.nextTry()))
                .sorted(Comparator.comparing(OperatorRoute::id))
                .toList();
    }

    private List<Channel> unconfigured() {
        Sending waits = new Sending(
                "not-configured", 0, null, null, "what goes there waits: no channel or desk of this id is configured");
        return store.read(tx -> Outbox.unconfigured(tx, id -> registry.find(id).isPresent())).stream()
                .map(id ->
                        new Channel(id, registry.kind(id).orElse("unknown"), null, waits.status(), null, null, waits))
                .toList();
    }

    private @Nullable Long difference() {
        return ledger.get()
                .map(channels ->
                        channels.values().stream().mapToLong(Long::longValue).sum())
                .orElse(null);
    }

    private Sending sending(ConfiguredAccount configured, Map<String, Pauses.Pause> paused) {
        String id = configured.account().id();
        CircuitBreakers.Trouble trouble = targets.trouble(id).orElse(null);
        Pauses.Pause pause = paused.get(id);
        if (pause != null) {
            return new Sending("paused", 0, pause.at(), null, pause.reason());
        }
        return trouble == null
                ? new Sending("ok", 0, null, null, null)
                : new Sending(
                        trouble.until() == null ? "failing" : "held-back",
                        trouble.failures(),
                        trouble.since(),
                        trouble.until(),
                        StoryText.word(trouble.reason()) + ": " + trouble.detail());
    }

    private boolean readable() {
        try {
            store.read(tx -> tx.cursors().get(""));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Channel channel(ConfiguredAccount configured, Sending sending) {
        String id = configured.account().id();
        boolean polled = configured.isPolled();
        ChannelActivity.Poll poll = polled ? activity.all().get(id) : null;
        Polling polling = !polled
                ? null
                : poll == null
                        ? new Polling(null, 0, null)
                        : new Polling(poll.succeededAt(), poll.failures(), poll.problem());
        String status = polling == null
                ? "ok"
                : polling.problem() != null ? "failing" : polling.lastSuccess() == null ? "waiting" : "ok";
        if (!sending.status().equals("ok")) {
            status = sending.status();
        }
        return new Channel(
                id,
                configured.account().kind(),
                configured.connector().side().word(),
                status,
                polling,
                configured.receivesWebhooks() ? receiving(id) : null,
                sending);
    }

    private Receiving receiving(String id) {
        ChannelActivity.Intake intake = activity.intake(id);
        double refused = Search.in(meters).name("dragoman.refused").tag("channel", id).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        return intake == null
                ? new Receiving(null, 0, 0, (long) refused)
                : new Receiving(intake.at(), intake.events(), intake.duplicates(), (long) refused);
    }
}
