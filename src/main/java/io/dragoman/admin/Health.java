// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.camel.Progress;
import io.dragoman.connector.Connector.Side;
import io.dragoman.connector.Directory;
import io.dragoman.connector.Directory.Bound;
import io.dragoman.connector.Intake;
import io.dragoman.explain.Telling;
import io.dragoman.outbox.Targets;
import io.dragoman.store.Pauses;
import io.dragoman.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether work gets done. One channel in trouble does not make the gateway unready: the others go on. */
final class Health {
    private final Store store;
    private final Directory directory;
    private final Progress progress;
    private final Supplier<Map<String, Boolean>> routes;
    private final MeterRegistry meters;
    private final Targets targets;
    private final Count<Map<String, Long>> ledger;

    /**
     * Prepares.
     *
     * @param ledger what is unaccounted for, by channel
     */
    Health(AdminRoutes.Parts parts, Count<Map<String, Long>> ledger) {
        this.targets = parts.targets();
        this.store = parts.store();
        this.directory = parts.directory();
        this.progress = parts.progress();
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
            List<Channel> channels) {}

    /**
     * One channel or desk.
     *
     * @param status {@code ok}, {@code failing}, {@code waiting} for its first success, {@code held-back} or
     *     {@code paused}
     */
    private record Channel(
            String id,
            String kind,
            String side,
            String status,
            @Nullable Polling polling,
            @Nullable Receiving receiving,
            Sending sending) {}

    /**
     * What goes out there.
     *
     * @param status {@code ok}, {@code failing} while deliveries fail, {@code held-back} while none is tried but one
     *     now and then, or {@code paused} by an operator
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

    Answer live(Question question) {
        return Answer.json(200, new Word("up"));
    }

    Answer ready(Question question) {
        List<String> stopped = routes.get().entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
        boolean usable = store.usable() && readable();
        boolean ready = usable && stopped.isEmpty();
        String word = ready ? "ready" : "not-ready";
        int status = ready ? 200 : 503;
        if (!question.trusted()) {
            return Answer.json(status, new Word(word));
        }
        Map<String, Pauses.Pause> paused = usable
                ? store.read(tx -> tx.pauses().all()).stream()
                        .collect(Collectors.toMap(Pauses.Pause::target, one -> one))
                : Map.of();
        List<Channel> channels = directory
                .all()
                .sorted(Comparator.comparing(bound -> bound.account().id()))
                .map(bound -> channel(bound, sending(bound, paused)))
                .toList();
        Long difference = usable ? difference() : null;
        return Answer.json(status, new Report(word, usable, store.waiting(), difference, stopped, channels));
    }

    private @Nullable Long difference() {
        return ledger.get()
                .map(channels ->
                        channels.values().stream().mapToLong(Long::longValue).sum())
                .orElse(null);
    }

    private Sending sending(Bound bound, Map<String, Pauses.Pause> paused) {
        String id = bound.account().id();
        Targets.Trouble trouble = targets.trouble(id).orElse(null);
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
                        Telling.word(trouble.reason()) + ": " + trouble.detail());
    }

    private boolean readable() {
        try {
            store.read(tx -> tx.cursors().get(""));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Channel channel(Bound bound, Sending sending) {
        String id = bound.account().id();
        Intake intake = bound.connector().intake(bound.account());
        Progress.Poll poll = intake.polled() ? progress.all().get(id) : null;
        Polling polling = !intake.polled()
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
                bound.account().kind(),
                bound.connector().side() == Side.CHANNEL ? "channel" : "desk",
                status,
                polling,
                intake.webhook() ? receiving(id) : null,
                sending);
    }

    private Receiving receiving(String id) {
        Progress.Intake intake = progress.intake(id);
        double refused = Search.in(meters).name("dragoman.refused").tag("channel", id).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        return intake == null
                ? new Receiving(null, 0, 0, (long) refused)
                : new Receiving(intake.at(), intake.events(), intake.duplicates(), (long) refused);
    }
}
