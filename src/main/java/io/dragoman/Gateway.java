// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.dragoman.admin.AdminPort;
import io.dragoman.admin.AdminRoutes;
import io.dragoman.app.explain.Explain;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Transport;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.delivery.MediaAccess;
import io.dragoman.delivery.Outbox;
import io.dragoman.delivery.RetrySchedule;
import io.dragoman.delivery.Send;
import io.dragoman.delivery.Settle;
import io.dragoman.http.client.GatewayTransport;
import io.dragoman.http.client.SsrfGuard;
import io.dragoman.http.client.TransportSettings;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.MediaHandler;
import io.dragoman.http.server.MediaLinks;
import io.dragoman.http.server.MediaServer;
import io.dragoman.http.server.PortLimits;
import io.dragoman.http.server.PublicRouter;
import io.dragoman.intake.Acknowledge;
import io.dragoman.intake.StoreEvents;
import io.dragoman.intake.Verify;
import io.dragoman.journey.Commit;
import io.dragoman.journey.CommitMessage;
import io.dragoman.journey.CommitNews;
import io.dragoman.journey.CommitReply;
import io.dragoman.journey.Converse;
import io.dragoman.journey.Decide;
import io.dragoman.journey.Inbox;
import io.dragoman.journey.Outgoing;
import io.dragoman.route.CamelRuntime;
import io.dragoman.route.RouteServices;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Situation;
import io.dragoman.store.MediaRows;
import io.dragoman.store.Store;
import io.dragoman.store.blob.MediaFiles;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.GatewayHeartbeat;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running product, wired by hand. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int LARGEST_ROW_BODY = 256 * 1024;
    private static final long LOW_WATER = 100L * 1024 * 1024;
    private static final Duration LINKS_LIVE = Duration.ofDays(7);

    private final Setup setup;
    private volatile Function<Situation, Decision> rules;
    private final ChannelActivity activity = new ChannelActivity();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TimeBasedEpochGenerator uuids;
    private final Vertx vertx;
    private final Store store;
    private final String owner;
    private final CamelRuntime camel;
    private final CircuitBreakers targets;
    private final GatewayHeartbeat peering;
    private final GatewayTransport transport;
    private final HttpListener publicHttp;
    private final int publicPort;
    private final @Nullable HttpListener adminHttp;
    private final int adminPort;
    private List<String> adminRoutes = List.of();

    private Gateway(Setup setup) throws HttpListener.PortInUse {
        this.setup = setup;
        this.rules = setup.rules();
        this.uuids = Generators.timeBasedEpochGenerator(setup.random(), new IdClock(setup.clock()));
        this.store = Store.open(setup.store(), setup.data(), LOW_WATER, setup.fatal());
        this.targets = new CircuitBreakers(setup.deliveries().atOnce(), setup.clock());
        this.peering = new GatewayHeartbeat(store, newId(), setup.clock());
        this.owner = peering.owner();
        this.vertx = Vertx.vertx();
        this.camel = new CamelRuntime();
        MediaFiles files = new MediaFiles(setup.data().resolve("media"));
        this.transport = new GatewayTransport(
                camel.context(),
                TransportSettings.standard(),
                new SsrfGuard(false, setup.edges().allowPrivate()),
                files,
                id -> store.read(tx -> tx.media().find(id)).map(MediaRows.Row::sha256),
                setup.clock());
        MediaLinks links = new MediaLinks(setup.key());
        PublicRouter paths =
                new PublicRouter(new MediaHandler(vertx, new MediaServer(links, files, this::medium, setup.clock())));
        camel.start(bind(paths, files, links), setup.routes());
        this.publicHttp = new HttpListener(
                vertx,
                setup.host(),
                setup.port(),
                HttpListener.Kind.PUBLIC,
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
                setup.registry().channels().keySet());
    }

    /**
     * Starts everything; returns when it is ready.
     *
     * @throws HttpListener.PortInUse with what to do
     * @throws io.dragoman.store.StoreException.Unusable with what to do
     */
    public static Gateway start(Setup setup) throws HttpListener.PortInUse {
        return new Gateway(setup);
    }

    private @Nullable HttpListener adminHttp(MediaFiles files) {
        Setup.Admin admin = setup.admin();
        if (admin == null) {
            return null;
        }
        Set<String> insecure = setup.registry()
                .all()
                .filter(configured -> configured.account().insecure())
                .map(configured -> configured.account().id())
                .collect(Collectors.toSet());
        AdminRoutes.Parts parts = new AdminRoutes.Parts(
                store,
                setup.registry(),
                activity,
                meters,
                camel::routes,
                new Explain(insecure, files::size),
                targets,
                name -> files.open(name).readAllBytes(),
                this::newId,
                setup.clock());
        AdminPort handler = AdminRoutes.port(vertx, admin.token(), parts);
        adminRoutes = handler.table();
        PortLimits limits = setup.edges().limits().body(AdminPort.LARGEST_BODY);
        return new HttpListener(vertx, admin.host(), admin.port(), HttpListener.Kind.ADMIN, limits, meters, handler);
    }

    private RouteServices bind(PublicRouter paths, MediaFiles files, MediaLinks links) {
        ConnectorRegistry registry = setup.registry();
        Clock clock = setup.clock();
        Supplier<String> ids = this::newId;
        RetrySchedule schedule = new RetrySchedule(setup.random());
        Verify verify = new Verify(meters);
        StoreEvents storeEvents = new StoreEvents(store, body -> large(files, body), ids, clock, meters, activity);
        camel.bind("verify", verify);
        camel.bind("store", storeEvents);
        camel.bind("acknowledge", new Acknowledge());
        Outgoing outgoing = new Outgoing(registry, ids);
        CommitNews news = new CommitNews(outgoing);
        camel.bind("converse", new Converse(store, registry, ids));
        camel.bind("decide", new Decide(situation -> rules.apply(situation)));
        camel.bind(
                "commit",
                new Commit(
                        store,
                        new CommitMessage(registry, outgoing, ids),
                        news,
                        new CommitReply(registry, outgoing),
                        clock));
        camel.bind("send", new Send(store, registry, transport, mediaAccess(files, links), setup.deliveries(), clock));
        camel.bind("settle", new Settle(store, news, schedule, setup.deliveries(), targets, clock));
        return new RouteServices(
                registry,
                paths,
                store,
                owner,
                transport,
                activity,
                Map.of("inbox", new Inbox(owner, clock), "outbox", new Outbox(owner, clock, schedule, targets)),
                verify,
                storeEvents,
                meters,
                clock);
    }

    private MediaAccess mediaAccess(MediaFiles files, MediaLinks links) {
        // the same link all day, so that a repeated notice has the same body
        Function<String, String> link = id -> links.link(
                setup.publicUrl(),
                id,
                setup.clock().instant().truncatedTo(ChronoUnit.DAYS).plus(LINKS_LIVE));
        return new MediaAccess(store, transport, link, name -> files.open(name).readAllBytes(), setup.largestMedia());
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

    public Transport transport() {
        return transport;
    }

    /** What Camel knows of us: routes to stop and start, the health checks. */
    public CamelContext camelContext() {
        return camel.context();
    }

    public Setup setup() {
        return setup;
    }

    public ChannelActivity activity() {
        return activity;
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
        camel.stop();
        peering.close();
        store.close();
        transport.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warn("the network did not close in time");
        }
    }
}
