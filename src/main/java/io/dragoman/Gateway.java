// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.dragoman.admin.AdminPort;
import io.dragoman.admin.AdminRoutes;
import io.dragoman.camel.Hardening;
import io.dragoman.camel.IntakeComponent;
import io.dragoman.camel.Progress;
import io.dragoman.camel.SourceComponent;
import io.dragoman.connector.Directory;
import io.dragoman.connector.Directory.Bound;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Wire;
import io.dragoman.explain.Explain;
import io.dragoman.http.HttpPort;
import io.dragoman.http.MediaPort;
import io.dragoman.http.PortLimits;
import io.dragoman.http.PublicPort;
import io.dragoman.inbox.Acknowledge;
import io.dragoman.inbox.StoreEvents;
import io.dragoman.inbox.Verify;
import io.dragoman.journey.Commit;
import io.dragoman.journey.CommitMessage;
import io.dragoman.journey.CommitNews;
import io.dragoman.journey.CommitReply;
import io.dragoman.journey.Converse;
import io.dragoman.journey.Decide;
import io.dragoman.journey.Inbox;
import io.dragoman.journey.Outgoing;
import io.dragoman.media.MediaFiles;
import io.dragoman.media.MediaLinks;
import io.dragoman.media.MediaServer;
import io.dragoman.outbox.MediaAccess;
import io.dragoman.outbox.Outbox;
import io.dragoman.outbox.RetrySchedule;
import io.dragoman.outbox.Send;
import io.dragoman.outbox.Settle;
import io.dragoman.outbox.Targets;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Situation;
import io.dragoman.store.MediaRows;
import io.dragoman.store.Store;
import io.dragoman.wire.CamelWire;
import io.dragoman.wire.Guard;
import io.dragoman.wire.WireSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running product, wired by hand. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int LARGEST_ROW_BODY = 256 * 1024;
    private static final long LOW_WATER = 100L * 1024 * 1024;
    private static final int LANES_AT_ONCE = 48;
    private static final Duration LINKS_LIVE = Duration.ofDays(7);

    private final Setup setup;
    private volatile Function<Situation, Decision> rules;
    private final Progress progress = new Progress();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TimeBasedEpochGenerator uuids;
    private final Vertx vertx;
    private final Store store;
    private final String owner;
    private final Main main;
    private final Targets targets;
    private final Peering peering;
    private final CamelWire wire;
    private final HttpPort publicHttp;
    private final int publicPort;
    private final @Nullable HttpPort adminHttp;
    private final int adminPort;
    private List<String> adminRoutes = List.of();

    private Gateway(Setup setup) throws HttpPort.PortInUse {
        this.setup = setup;
        this.rules = setup.rules();
        this.uuids = Generators.timeBasedEpochGenerator(setup.random(), new IdClock(setup.clock()));
        this.store = Store.open(setup.store(), setup.data(), LOW_WATER, setup.fatal());
        this.targets = new Targets(setup.deliveries().atOnce(), setup.clock());
        this.peering = new Peering(store, newId(), setup.clock());
        this.owner = peering.owner();
        this.vertx = Vertx.vertx();
        this.main = new Main();
        MediaFiles files = new MediaFiles(setup.data().resolve("media"));
        this.wire = new CamelWire(
                camel(),
                WireSettings.standard(),
                new Guard(false, setup.edges().allowPrivate()),
                files,
                id -> store.read(tx -> tx.media().find(id)).map(MediaRows.Row::sha256),
                setup.clock());
        MediaLinks links = new MediaLinks(setup.key());
        PublicPort paths =
                new PublicPort(new MediaPort(vertx, new MediaServer(links, files, this::medium, setup.clock())));
        bind(paths, files, links);
        startRoutes();
        this.publicHttp = new HttpPort(
                vertx,
                setup.host(),
                setup.port(),
                HttpPort.Kind.PUBLIC,
                setup.edges().limits(),
                meters,
                paths);
        this.publicPort = publicHttp.start(2);
        this.adminHttp = adminHttp(files);
        this.adminPort = adminHttp == null ? -1 : adminHttp.start(1);
        LOG.info(
                "listening on {}:{} for {}",
                setup.host(),
                publicPort,
                setup.directory().channels().keySet());
    }

    /**
     * Starts everything; returns when it is ready.
     *
     * @throws HttpPort.PortInUse with what to do
     * @throws io.dragoman.store.StoreException.Unusable with what to do
     */
    public static Gateway start(Setup setup) throws HttpPort.PortInUse {
        return new Gateway(setup);
    }

    private @Nullable HttpPort adminHttp(MediaFiles files) {
        Setup.Admin admin = setup.admin();
        if (admin == null) {
            return null;
        }
        Set<String> insecure = setup.directory()
                .all()
                .filter(bound -> bound.account().insecure())
                .map(bound -> bound.account().id())
                .collect(Collectors.toSet());
        AdminRoutes.Parts parts = new AdminRoutes.Parts(
                store,
                setup.directory(),
                progress,
                meters,
                this::runningRoutes,
                new Explain(insecure, files::size),
                targets,
                name -> files.open(name).readAllBytes(),
                this::newId,
                setup.clock());
        AdminPort handler = AdminRoutes.port(vertx, admin.token(), parts);
        adminRoutes = handler.table();
        PortLimits limits = setup.edges().limits().body(AdminPort.LARGEST_BODY);
        return new HttpPort(vertx, admin.host(), admin.port(), HttpPort.Kind.ADMIN, limits, meters, handler);
    }

    private Map<String, Boolean> runningRoutes() {
        CamelContext camel = main.getCamelContext();
        return camel.getRoutes().stream()
                .map(Route::getId)
                .collect(Collectors.toMap(
                        id -> id,
                        id -> camel.getRouteController().getRouteStatus(id).isStarted()));
    }

    private CamelContext camel() {
        main.configure().withRoutesIncludePattern(String.join(",", setup.routes()));
        main.addInitialProperty("camel.main.profile", "prod");
        // routes are written in the compact notation here, and in our documents
        main.addInitialProperty("camel.main.yamlDslCompactNotationWarn", "false");
        main.configure().setName("dragoman");
        main.configure().setShutdownTimeout(10);
        main.configure().setJmxEnabled(false);
        main.init();
        Hardening.apply(main.getCamelContext());
        return main.getCamelContext();
    }

    private void bind(PublicPort paths, MediaFiles files, MediaLinks links) {
        CamelContext camel = main.getCamelContext();
        Directory directory = setup.directory();
        Clock clock = setup.clock();
        Supplier<String> ids = this::newId;
        RetrySchedule schedule = new RetrySchedule(setup.random());
        camel.addComponent("webhook", SourceComponent.webhooks(directory, paths, clock));
        camel.addComponent("poll", SourceComponent.polls(directory, store, owner, wire, progress, clock));
        camel.addComponent(
                "lane",
                SourceComponent.lanes(
                        store,
                        Map.of("inbox", new Inbox(owner, clock), "outbox", new Outbox(owner, clock, schedule, targets)),
                        LANES_AT_ONCE));
        Verify verify = new Verify(meters);
        StoreEvents storeEvents = new StoreEvents(store, body -> large(files, body), ids, clock, meters, progress);
        camel.addComponent("intake", new IntakeComponent(directory, verify, storeEvents, clock));
        main.bind("verify", verify);
        main.bind("store", storeEvents);
        main.bind("acknowledge", new Acknowledge());
        Outgoing outgoing = new Outgoing(directory, ids);
        CommitNews news = new CommitNews(outgoing);
        main.bind("converse", new Converse(store, directory, ids));
        main.bind("decide", new Decide(situation -> rules.apply(situation)));
        main.bind(
                "commit",
                new Commit(
                        store,
                        new CommitMessage(directory, outgoing, ids),
                        news,
                        new CommitReply(directory, outgoing),
                        clock));
        main.bind("send", new Send(store, directory, wire, mediaAccess(files, links), setup.deliveries(), clock));
        main.bind("settle", new Settle(store, news, schedule, setup.deliveries(), targets, clock));
    }

    private MediaAccess mediaAccess(MediaFiles files, MediaLinks links) {
        // the same link all day, so that a repeated notice has the same body
        Function<String, String> link = id -> links.link(
                setup.publicUrl(),
                id,
                setup.clock().instant().truncatedTo(ChronoUnit.DAYS).plus(LINKS_LIVE));
        return new MediaAccess(store, wire, link, name -> files.open(name).readAllBytes(), setup.largestMedia());
    }

    private MediaServer.Known known(MediaRows.Row row) {
        String mimeType = row.mimeType() == null ? row.part().mimeType() : row.mimeType();
        String name = row.fileName() == null ? row.part().fileName() : row.fileName();
        return new MediaServer.Known(row.sha256(), row.state() == MediaRows.State.FAILED, mimeType, name);
    }

    private java.util.Optional<MediaServer.Known> medium(String id) {
        return store.read(tx -> tx.media().find(id)).map(this::known);
    }

    private static @Nullable String large(MediaFiles files, byte[] body) throws IOException {
        return body.length <= LARGEST_ROW_BODY
                ? null
                : files.keep(new ByteArrayInputStream(body), "application/octet-stream", body.length)
                        .sha256();
    }

    private void startRoutes() {
        try {
            main.start();
            for (Bound bound : setup.directory().all().toList()) {
                Intake intake = bound.connector().intake(bound.account());
                if (intake.webhook()) {
                    route("webhook", bound.account().id());
                }
                if (intake.polled()) {
                    route("poll", bound.account().id());
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("the routes do not start: " + e.getMessage(), e);
        }
    }

    private void route(String template, String id) {
        TemplatedRouteBuilder.builder(main.getCamelContext(), template)
                .routeId(template + ":" + id)
                .parameter("channel", id)
                .add();
    }

    /** A new id, later than all before. */
    public String newId() {
        return uuids.generate().toString();
    }

    /** Puts other rules in force, from the next message on. */
    public void rules(Function<Situation, Decision> next) {
        rules = next;
    }

    public Store store() {
        return store;
    }

    public Wire wire() {
        return wire;
    }

    public Setup setup() {
        return setup;
    }

    public Progress progress() {
        return progress;
    }

    public PrometheusMeterRegistry meters() {
        return meters;
    }

    /** The public port's number. */
    public int publicPort() {
        return publicPort;
    }

    /** The admin port's number; -1 when there is none. */
    public int adminPort() {
        return adminPort;
    }

    /** What the admin port answers, a line a route. */
    public List<String> adminRoutes() {
        return adminRoutes;
    }

    /** Stops taking, finishes what is under way, and closes; nothing that was acknowledged is lost. */
    @Override
    public void close() {
        publicHttp.stop();
        if (adminHttp != null) {
            adminHttp.stop();
        }
        main.stop();
        peering.close();
        store.close();
        wire.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warn("the network did not close in time");
        }
    }
}
