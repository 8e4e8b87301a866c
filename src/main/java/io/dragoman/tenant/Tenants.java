// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Installation;
import io.dragoman.Setup;
import io.dragoman.admin.AdminPort;
import io.dragoman.admin.InstallationPort;
import io.dragoman.admin.InstallationPort.TenantReport;
import io.dragoman.admin.access.BearerTokens;
import io.dragoman.admin.access.Gatekeeper;
import io.dragoman.admin.access.Principal;
import io.dragoman.config.SharedSettings;
import io.dragoman.config.TenantHome;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.PortLimits;
import io.dragoman.http.server.ProblemDetails;
import io.dragoman.http.server.SharedPort;
import io.dragoman.model.Hashes;
import io.dragoman.model.Role;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tenants of an installation: a gateway for each folder below {@code tenants/}, in one process and at two ports. A
 * folder that is new starts, one that is gone stops, and what is wrong with one of them is no other's concern.
 */
public final class Tenants implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tenants.class);
    private static final int LOOK_SECONDS = 2;
    private static final int STOP_SECONDS = 20;
    private static final int LONGEST_LOOK_SECONDS = 20;
    private static final int HANDS = 4;

    private final Path top;
    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Tenant> tenants = new ConcurrentSkipListMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> misnamed = new HashSet<>();
    private final SharedPort publicPort;
    private final SharedPort adminPort;
    private final Tenant.Process process;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tenants");
        thread.setDaemon(true);
        return thread;
    });
    private final ExecutorService hands = Executors.newFixedThreadPool(HANDS, Tenants::hand);
    private int publicNumber = -1;
    private int adminNumber = -1;

    /**
     * Where the tenants are, and what they are made with.
     *
     * @param top the home folder above {@code tenants/}
     * @param connectors the code for channels and desks of a home folder
     * @param environment the value of an environment variable, or null
     */
    public record Place(
            Path top, Function<Path, List<Connector>> connectors, Function<String, @Nullable String> environment) {}

    private Tenants(Place place, SharedSettings shared, Secret token, Clock clock, Random random) {
        top = place.top();
        PortLimits limits = shared.http().limits();
        publicPort = new SharedPort(
                vertx,
                shared.http().host(),
                shared.http().port(),
                HttpListener.Kind.PUBLIC,
                limits,
                shared.maxTenantRate(),
                meters,
                (request, body) -> ProblemDetails.of(404, "There is nothing at this address.")
                        .answer(request.response()),
                tenants::containsKey);
        adminPort = new SharedPort(
                vertx,
                shared.admin().host(),
                shared.admin().port(),
                HttpListener.Kind.ADMIN,
                limits.body(AdminPort.LARGEST_BODY),
                shared.maxTenantRate(),
                meters,
                InstallationPort.of(vertx, tokens(shared, token), this::reports, this::metrics, random, clock),
                tenants::containsKey);
        process = new Tenant.Process(
                tenant -> new Bootstrap(tenant.home(), place.connectors().apply(tenant.home()), place.environment()),
                (tenant, fatal) -> new Setup.Environment(
                        clock, random, fatal, new Setup.TenantPorts(tenant.name(), publicPort, adminPort)),
                new StorePlaces(),
                clock);
        new JvmMemoryMetrics().bindTo(meters);
        // of a thread of the JDK's that all share, and that is made here so that it is no tenant's
        CompletableFuture.delayedExecutor(0, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> {});
    }

    /**
     * Opens the ports and starts every tenant that can be; returns when each was tried.
     *
     * @param shared what was read of the installation's own file, without errors
     * @param random an unpredictable source
     * @throws HttpListener.PortInUse with what to do
     */
    public static Tenants start(Place place, SharedSettings shared, Clock clock, Random random)
            throws HttpListener.PortInUse, IOException {
        Secret token = shared.admin().token();
        if (token == null) {
            token = Installation.secret(place.top().resolve("data"), Bootstrap.ADMIN_TOKEN, random);
        }
        Tenants all = new Tenants(place, shared, token, clock, random);
        try {
            all.open();
            return all;
        } catch (HttpListener.PortInUse | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void open() throws HttpListener.PortInUse {
        publicNumber = publicPort.start(2);
        adminNumber = adminPort.start(1);
        look();
    }

    private static Thread hand(Runnable task) {
        Thread thread = new Thread(null, task, "tenant-start", 0, false); // of none, whoever asks first
        thread.setDaemon(true);
        return thread;
    }

    /** Looks after them from now on, on a thread of its own. */
    public void follow() {
        looks.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private static BearerTokens tokens(SharedSettings shared, Secret token) {
        Stream<BearerTokens.Entry> named = shared.admin().tokens().stream()
                .map(one -> new BearerTokens.Entry(
                        new Principal(one.name(), one.role()), HexFormat.of().parseHex(one.sha256())));
        return new BearerTokens(Stream.concat(
                        Stream.of(new BearerTokens.Entry(
                                new Principal(Gatekeeper.ADMIN, Role.OPERATOR), Hashes.sha256(token.bytes()))),
                        named)
                .toList());
    }

    /** Starts what is new or should run again, stops what is gone or should not run. */
    public synchronized void look() {
        try {
            List<String> folders = TenantHome.folders(top);
            folders.stream().filter(name -> !TenantHome.valid(name)).forEach(this::tellMisnamed);
            List<String> names = folders.stream().filter(TenantHome::valid).toList();
            names.forEach(this::add);
            tenants.keySet().stream().filter(name -> !names.contains(name)).forEach(this::missing);
            gone.removeAll(names);
        } catch (UncheckedIOException e) {
            LOG.warn("tenants: the folder {} cannot be read now: {}", top.resolve(TenantHome.FOLDER), e.getMessage());
        }
        lookAt(tenants.values());
    }

    /** Several at once, and no longer than a while: a database that does not answer keeps no other from its start. */
    private void lookAt(Collection<Tenant> all) {
        List<Future<?>> looking = new ArrayList<>();
        all.forEach(tenant -> looking.add(hands.submit(tenant::look)));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_LOOK_SECONDS);
        for (Future<?> one : looking) {
            try {
                one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return; // they go on by themselves
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                LOG.error("tenants: one cannot be looked after", e.getCause());
            }
        }
    }

    private void tellMisnamed(String name) {
        if (misnamed.add(name)) {
            LOG.error(
                    "tenants: the folder {} is no tenant: a name has {}. Rename it; where it is to be left alone, let its"
                            + " name begin with a dot",
                    top.resolve(TenantHome.FOLDER).resolve(name),
                    TenantHome.FORM);
        }
    }

    private void add(String name) {
        tenants.computeIfAbsent(name, any -> {
            Gauge.builder("dragoman.tenant.running", tenants, all -> running(all.get(name)))
                    .description("1 while the gateway of a tenant runs.")
                    .tag("tenant", name)
                    .strongReference(true)
                    .register(meters);
            return new Tenant(new TenantHome(top, name), process);
        });
    }

    private static double running(@Nullable Tenant tenant) {
        return tenant != null && tenant.gateway().isPresent() ? 1 : 0;
    }

    /** Only when it is missing twice in a row: a folder may be moved for a moment. */
    private void missing(String name) {
        if (gone.add(name)) {
            return;
        }
        gone.remove(name);
        Tenant tenant = tenants.remove(name);
        if (tenant != null) {
            LOG.info("tenants: {} is gone, so its gateway stops", name);
            tenant.close();
        }
    }

    /** How they are. Blocks. */
    public List<TenantReport> reports() {
        return tenants.values().stream().map(Tenant::report).toList();
    }

    /** The metrics of all of them and of what they share. Blocks. */
    public String metrics() {
        List<String> all = new ArrayList<>(List.of(meters.scrape()));
        tenants.values().forEach(tenant -> all.add(tenant.metrics()));
        return MetricsText.joined(all);
    }

    /** The gateway of a tenant; empty where it does not run. */
    public Optional<Gateway> gateway(String name) {
        return Optional.ofNullable(tenants.get(name)).flatMap(Tenant::gateway);
    }

    public int publicPort() {
        return publicNumber;
    }

    public int adminPort() {
        return adminNumber;
    }

    /** Stops all at once, each after what is under way; nothing that was acknowledged is lost. */
    @Override
    public void close() {
        looks.shutdown();
        hands.shutdown();
        synchronized (this) {
            List<Thread> stops = new ArrayList<>();
            tenants.values().forEach(tenant -> stops.add(new Thread(tenant::close, "stop")));
            stops.forEach(Thread::start);
            stops.forEach(Tenants::join);
        }
        publicPort.stop();
        adminPort.stop();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("tenants: the network did not close in time");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
