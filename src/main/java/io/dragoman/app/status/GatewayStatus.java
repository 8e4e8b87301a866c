// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.phrase.Sentence;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.delivery.Outbox;
import io.dragoman.model.Words;
import io.dragoman.store.Orphans;
import io.dragoman.store.Pauses;
import io.dragoman.store.Store;
import io.dragoman.store.blob.MediaStore;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.RouteState;
import io.dragoman.work.TopicState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether work gets done. One failing channel makes no gateway unready: the others go on. Blocks. Thread-safe.
 */
public final class GatewayStatus {
    private final Store store;
    private final MediaStore media;
    private final Supplier<@Nullable TopicState> topic;
    private final ConnectorRegistry registry;
    private final ChannelActivity activity;
    private final Supplier<List<RouteState>> routes;
    private final ConfigurationState configuration;
    private final MeterRegistry meters;
    private final CircuitBreakers targets;
    private final LoginForecast logins;
    private final CachedAggregate<Map<String, Long>> ledger;
    private final CachedAggregate<List<Orphans.Holding>> holdings;
    private final Clock clock;

    /**
     * @param topic how the topic is that what is posted goes through; null where there is none
     * @param routes how each route's state, the gateway's own and the operator's
     * @param configuration whether the files of the configuration are what runs
     * @param ledger what is unaccounted for, by channel
     * @param holdings what the store has of each channel and desk
     */
    public GatewayStatus(
            Store store,
            MediaStore media,
            Supplier<@Nullable TopicState> topic,
            ConnectorRegistry registry,
            ChannelActivity activity,
            Supplier<List<RouteState>> routes,
            ConfigurationState configuration,
            MeterRegistry meters,
            CircuitBreakers targets,
            LoginForecast logins,
            CachedAggregate<Map<String, Long>> ledger,
            CachedAggregate<List<Orphans.Holding>> holdings,
            Clock clock) {
        this.store = store;
        this.media = media;
        this.topic = topic;
        this.registry = registry;
        this.activity = activity;
        this.routes = routes;
        this.configuration = configuration;
        this.meters = meters;
        this.targets = targets;
        this.logins = logins;
        this.ledger = ledger;
        this.holdings = holdings;
        this.clock = clock;
    }

    /** All that anybody may know: the status is {@code ready} or {@code not-ready}. */
    public record Readiness(String status) {
        static Readiness of(boolean ready) {
            return new Readiness(ready ? "ready" : "not-ready");
        }

        public boolean ready() {
            return status.equals("ready");
        }
    }

    /**
     * The details; {@code status} as in {@link Readiness}.
     *
     * @param configuration {@code broken} while changed files cannot be used; that does not make the gateway unready
     * @param mediaProblem why media cannot be kept or read now; null while it can
     * @param inbox how the topic is that what is posted goes through; null where there is none
     * @param orphaned channels and desks that are gone and still have open conversations
     */
    public record StatusReport(
            String status,
            ConfigurationState.ConfigurationStatus configuration,
            boolean storeUsable,
            int storeQueue,
            @Nullable String mediaProblem,
            @Nullable TopicState inbox,
            @Nullable Long ledgerDifference,
            List<String> stoppedRoutes,
            List<OperatorRoute> operatorRoutes,
            List<ChannelStatus> channels,
            List<OrphanStatus> orphaned) {
        public boolean ready() {
            return new Readiness(status).ready();
        }
    }

    /** A channel or desk that the store knows and the configuration does not. */
    public record OrphanStatus(String id, long openConversations) {}

    /**
     * A route of the operator's, or a file of theirs that is not loaded; as in {@link RouteState}.
     *
     * @param nextTry when its start is tried again; null where it is not
     */
    public record OperatorRoute(
            String id,
            String status,
            @Nullable String error,
            @Nullable Instant nextTry) {}

    /**
     * One channel or desk.
     *
     * @param side {@code channel} or {@code desk}; null for what is not configured
     * @param status {@code ok}, {@code failing}, {@code waiting} for its first success, {@code login-ending} while all
     *     goes well but not for long, {@code account-problem} while all goes well but the provider says that something
     *     is wrong, {@code circuit-open}, {@code paused}, {@code budget-exhausted}, or {@code not-configured} where something waits for a channel or desk that is gone
     * @param login null for what does not log in with tokens that are renewed
     */
    public record ChannelStatus(
            String id,
            String kind,
            @Nullable String side,
            String status,
            @Nullable PollingStatus polling,
            @Nullable ReceivingStatus receiving,
            SendingStatus sending,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<BudgetStatus> budgets,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NoticeStatus> notices,
            LoginForecast.@Nullable LoginStatus login) {}

    /**
     * What is asked for there.
     *
     * @param nextTry when a refused login is tried again; null where none was refused
     */
    public record PollingStatus(
            @Nullable Instant lastSuccess,
            int failuresInARow,
            @Nullable String problem,
            @Nullable Instant nextTry) {}

    public record ReceivingStatus(@Nullable Instant lastAccepted, long accepted, long duplicates, long refused) {}

    public Readiness readiness() {
        boolean takes = usable() && TopicState.takes(topic.get());
        return Readiness.of(takes && stopped(routes.get()).isEmpty());
    }

    public StatusReport report() {
        TopicState inbox = topic.get();
        List<RouteState> states = routes.get();
        List<String> stopped = stopped(states);
        boolean usable = usable();
        Map<String, Pauses.Pause> paused = usable
                ? store.read(tx -> tx.pauses().all()).stream()
                        .collect(Collectors.toMap(Pauses.Pause::target, one -> one))
                : Map.of();
        List<ChannelStatus> channels = Stream.concat(
                        registry.all().map(configured -> channel(configured, sending(configured, paused), usable)),
                        usable ? unconfigured().stream() : Stream.of())
                .sorted(Comparator.comparing(ChannelStatus::id))
                .toList();
        return new StatusReport(
                Readiness.of(usable && TopicState.takes(inbox) && stopped.isEmpty())
                        .status(),
                configuration.status(),
                usable,
                store.waiting(),
                media.problem(),
                inbox,
                usable ? difference() : null,
                stopped,
                operators(states),
                channels,
                usable ? orphaned() : List.of());
    }

    private static List<String> stopped(List<RouteState> routes) {
        return routes.stream()
                .filter(route -> route.own() && !route.running())
                .map(RouteState::id)
                .toList();
    }

    private static List<OperatorRoute> operators(List<RouteState> routes) {
        return routes.stream()
                .filter(route -> !route.own())
                .map(route -> new OperatorRoute(route.id(), route.status(), route.error(), route.nextTry()))
                .sorted(Comparator.comparing(OperatorRoute::id))
                .toList();
    }

    private List<ChannelStatus> unconfigured() {
        SendingStatus waits = new SendingStatus(
                "not-configured", 0, null, null, "what goes there waits: no channel or desk of this id is configured");
        return store.read(tx -> Outbox.unconfigured(tx, id -> registry.find(id).isPresent())).stream()
                .map(id -> new ChannelStatus(
                        id,
                        registry.kind(id).orElse("unknown"),
                        null,
                        waits.status(),
                        null,
                        null,
                        waits,
                        List.of(),
                        List.of(),
                        null))
                .toList();
    }

    private List<OrphanStatus> orphaned() {
        ConfiguredAccounts now = registry.now();
        return Orphans.others(holdings.get().orElse(List.of()), now::knows).stream()
                .filter(one -> one.atDesk() + one.onChannel() > 0)
                .map(one -> new OrphanStatus(one.id(), one.atDesk() + one.onChannel()))
                .toList();
    }

    private @Nullable Long difference() {
        return ledger.get()
                .map(channels ->
                        channels.values().stream().mapToLong(Long::longValue).sum())
                .orElse(null);
    }

    private SendingStatus sending(ConfiguredAccount configured, Map<String, Pauses.Pause> paused) {
        String id = configured.account().id();
        CircuitBreakers.FailureStreak streak = targets.failures(id).orElse(null);
        Pauses.Pause pause = paused.get(id);
        if (pause != null) {
            return new SendingStatus("paused", 0, pause.at(), null, pause.reason());
        }
        if (streak == null) {
            return unhindered(configured.account());
        }
        Phrase why = Sentence.WHY.of(Map.of("reason", Words.of(streak.reason()), "detail", streak.detail()));
        return new SendingStatus(
                streak.until() == null ? "failing" : "circuit-open",
                streak.failures(),
                streak.since(),
                streak.until(),
                why.text(),
                why);
    }

    /** What goes out there at its pace: that news waits for the desk's next call is no failure, but is said. */
    private SendingStatus unhindered(Account account) {
        return targets.calls()
                .emptyUntil(account)
                .map(until -> new SendingStatus(
                        "ok", 0, null, until, "all of callsPerMinute are used: news waits, agents' answers are read"))
                .orElse(new SendingStatus("ok", 0, null, null, null));
    }

    private boolean usable() {
        return store.usable() && readable();
    }

    private boolean readable() {
        try {
            store.read(tx -> tx.cursors().get(""));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private ChannelStatus channel(ConfiguredAccount configured, SendingStatus sending, boolean usable) {
        String id = configured.account().id();
        boolean polled = configured.isPolled();
        ChannelActivity.Poll poll = polled ? activity.all().get(id) : null;
        PollingStatus polling = !polled
                ? null
                : poll == null
                        ? new PollingStatus(null, 0, null, null)
                        : new PollingStatus(poll.succeededAt(), poll.failures(), poll.problem(), poll.refusedUntil());
        String status = polling == null
                ? "ok"
                : polling.problem() != null ? "failing" : polling.lastSuccess() == null ? "waiting" : "ok";
        List<BudgetStatus> budgets =
                usable ? store.read(tx -> BudgetStatus.of(tx, configured, clock.instant())) : List.of();
        LoginForecast.LoginStatus login = logins.of(configured).orElse(null);
        if (login != null && login.isOver()) {
            status = "failing";
        } else if (login != null && login.problem() != null && status.equals("ok")) {
            status = "login-ending";
        }
        List<NoticeStatus> notices = usable ? store.read(tx -> NoticeStatus.of(tx, id, clock.instant())) : List.of();
        if (status.equals("ok") && notices.stream().anyMatch(NoticeStatus::problem)) {
            status = "account-problem";
        }
        if (budgets.stream().anyMatch(BudgetStatus::exhausted)) {
            status = "budget-exhausted";
        }
        if (!sending.status().equals("ok")) {
            status = sending.status();
        }
        return new ChannelStatus(
                id,
                configured.account().kind(),
                configured.connector().side().word(),
                status,
                polling,
                configured.receivesWebhooks() ? receiving(id) : null,
                sending,
                budgets,
                notices,
                login);
    }

    private ReceivingStatus receiving(String id) {
        ChannelActivity.Intake intake = activity.intake(id);
        double refused = Search.in(meters).name("dragoman.refused").tag("channel", id).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        return intake == null
                ? new ReceivingStatus(null, 0, 0, (long) refused)
                : new ReceivingStatus(intake.at(), intake.events(), intake.duplicates(), (long) refused);
    }
}
