// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.dragoman.app.answers.SitePages;
import io.dragoman.app.ruleset.RuleShadow;
import io.dragoman.app.search.SearchIndex;
import io.dragoman.app.status.ConfigurationState;
import io.dragoman.config.TraceSettings;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.FeedEntry;
import io.dragoman.delivery.AgentFiles;
import io.dragoman.http.client.SsrfGuard;
import io.dragoman.http.client.TransportSettings;
import io.dragoman.model.Hashes;
import io.dragoman.route.CamelRuntime;
import io.dragoman.route.GatewayTransport;
import io.dragoman.route.StoredSpending;
import io.dragoman.store.MediaRows;
import io.dragoman.store.Store;
import io.dragoman.store.blob.MediaStore;
import io.dragoman.store.blob.OwnerOnly;
import io.dragoman.store.blob.RefreshTokenFiles;
import io.dragoman.trace.Collector;
import io.dragoman.trace.EventTraces;
import io.dragoman.trace.SpanQueue;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.DeskNotices;
import io.dragoman.work.FeedWatch;
import io.dragoman.work.GatewayHeartbeat;
import io.dragoman.work.IgnoredCounter;
import io.dragoman.work.PollTurns;
import io.dragoman.work.Traces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of a gateway stand on: store, files, the transport, Camel, and who is configured. */
final class Foundation {
    private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);

    /** Some 4 MB of them: four seconds of the busiest gateway, with all events traced. */
    private static final int MOST_SPANS = 16_384;

    private static final long LOW_WATER = 100L * 1024 * 1024;

    final Setup setup;
    final Clock clock;
    final ConnectorRegistry registry;
    final ChannelActivity activity = new ChannelActivity();
    final PrometheusMeterRegistry meters;
    final IgnoredCounter ignored;
    final DeskNotices notices = new DeskNotices();
    final RuleShadow shadow = new RuleShadow();
    final FeedWatch feedWatch = new FeedWatch();
    final ConfigurationState configuration;
    final Store store;
    final MediaStore files;
    final SearchIndex search;
    final SitePages pages;
    final Traces traces;
    final CamelRuntime camel = new CamelRuntime();
    final GatewayTransport transport;
    final AgentFiles agentFiles;
    /** Names this process among those that share the store. */
    final String owner;

    private final @Nullable SpanQueue spans;
    private final TimeBasedEpochGenerator uuids;
    private final GatewayHeartbeat heartbeat;
    final PollTurns turns;

    Foundation(Setup setup) {
        this.setup = setup;
        clock = setup.environment().clock();
        meters = meters(setup.environment().ports());
        ignored = new IgnoredCounter(meters);
        registry = new ConnectorRegistry(setup.accounts());
        configuration = new ConfigurationState(clock);
        Gauge.builder(
                        "dragoman.configuration.broken",
                        configuration,
                        state -> state.status().isBroken() ? 1 : 0)
                .description("1 while changed files of the configuration cannot be used and the old one goes on.")
                .register(meters);
        uuids = Generators.timeBasedEpochGenerator(setup.environment().random(), new IdClock(clock));
        store = Store.open(
                setup.settings().store().url(),
                setup.settings().store().data(),
                LOW_WATER,
                setup.environment().fatal());
        warnOfOthers(setup.settings().store().data());
        heartbeat = new GatewayHeartbeat(store, newId(), clock);
        owner = heartbeat.owner();
        turns = new PollTurns(store, heartbeat, clock);
        files = media();
        spans = setup.settings().traces().map(this::spans).orElse(null);
        traces = setup.settings()
                .traces()
                .<Traces>map(to -> new EventTraces(owner, to.sample(), Objects.requireNonNull(spans), clock))
                .orElse(Traces.OFF);
        pages = new SitePages(setup.settings().store().data());
        search = new SearchIndex(
                store,
                setup.settings().store().data().resolve("search"),
                Hashes.sha256Hex(setup.settings().store().url().toString().getBytes(StandardCharsets.UTF_8)),
                clock);
        SsrfGuard guard = new SsrfGuard(
                setup.settings().allowPlainHttp(), setup.settings().allowPrivate());
        agentFiles = new AgentFiles(registry, guard::refusal);
        transport = new GatewayTransport(
                camel.context(),
                TransportSettings.standard(),
                guard,
                files,
                id -> store.read(tx -> tx.media().find(id)).map(MediaRows.Row::sha256),
                this::publish,
                new StoredSpending(store, clock),
                new AccessTokens(new RefreshTokenFiles(setup.settings().store().data())),
                clock);
    }

    /** Those of a tenant bear its name, and leave the memory, which all share, to the installation's. */
    private static PrometheusMeterRegistry meters(Setup.@Nullable TenantPorts shared) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        if (shared == null) {
            new JvmMemoryMetrics().bindTo(meters);
        } else {
            meters.config().commonTags("tenant", shared.tenant());
        }
        return meters;
    }

    private static void warnOfOthers(Path data) {
        try {
            OwnerOnly.openToOthers(data)
                    .ifPresent(permissions -> LOG.warn(
                            "the data folder {} holds customers' messages, and others than its owner can enter it ({})."
                                    + " Run: chmod 700 {}",
                            data,
                            permissions,
                            data));
        } catch (IOException e) {
            LOG.warn("who can read the data folder {} cannot be told: {}", data, e.toString());
        }
    }

    /** Leaves the store to others where it fails. */
    private MediaStore media() {
        try {
            return MediaPlace.open(setup.settings().store(), heartbeat.owner(), clock);
        } catch (RuntimeException e) {
            heartbeat.close();
            store.close();
            throw e;
        }
    }

    private SpanQueue spans(TraceSettings to) {
        return new SpanQueue(Collector.at(to.endpoint(), to.headersByName()), MOST_SPANS, meters);
    }

    /** Returns when the entry is durable. */
    private void publish(String channel, FeedEntry entry) {
        feedWatch.changed(channel, store.writeAndWait(tx -> tx.feeds().append(channel, entry, clock.millis())));
    }

    /** A new id, later than all before. */
    String newId() {
        return uuids.generate().toString();
    }

    /**
     * Ends the routes first, so that what is under way finds everything else still there.
     *
     * @param afterRoutes ends what only they need, and needs the store
     */
    void close(Runnable afterRoutes) {
        camel.stop();
        afterRoutes.run();
        shadow.stop();
        heartbeat.close();
        if (spans != null) {
            spans.close();
        }
        search.close();
        store.close();
        transport.close();
        files.close();
    }
}
