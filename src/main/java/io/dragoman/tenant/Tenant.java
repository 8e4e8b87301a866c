// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.admin.InstallationPort.TenantReport;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Loaded;
import io.dragoman.config.TenantHome;
import io.dragoman.http.server.HttpListener;
import io.dragoman.model.CurrentTenant;
import io.dragoman.model.Words;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tenant: a gateway of its own where it runs, and else why it does not. What goes wrong here is this tenant's alone.
 * Looked after by one thread at a time; anybody may ask how it is.
 */
final class Tenant {
    /** How long after a failure it is started again. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Tenant.class);

    private final TenantHome home;
    private final Process process;
    private volatile State state = State.STARTING;
    private volatile List<String> problems = List.of();
    private volatile @Nullable Gateway gateway;
    private volatile boolean storeFailed;
    private boolean closed;
    private @Nullable ConfigurationWatcher<RuleBook> watcher;
    private String tried = "";
    private String seen = "";
    private Instant again = Instant.MIN;

    Tenant(TenantHome home, Process process) {
        this.home = home;
        this.process = process;
    }

    /** How a tenant can be. */
    enum State {
        /** It was not tried yet. */
        STARTING,
        RUNNING,
        /** Its configuration cannot be used; it is tried again when a file changes. */
        BROKEN,
        /** It did not start, or its store failed; it is tried again by itself. */
        FAILED,
        /** Somebody wants it so. */
        STOPPED
    }

    /**
     * What all of them take from the process.
     *
     * @param bootstraps how a tenant's files become a gateway
     * @param environments what a gateway takes, given what to do when its store fails
     */
    record Process(
            Function<TenantHome, Bootstrap> bootstraps,
            BiFunction<TenantHome, Consumer<Throwable>, Setup.Environment> environments,
            StorePlaces places,
            Clock clock) {}

    /** Starts, stops or starts again what should be so. Blocks as long as that takes. */
    synchronized void look() {
        if (closed) {
            return;
        }
        CurrentTenant.during(home.name(), () -> {
            try {
                judge();
            } catch (RuntimeException | LinkageError e) {
                // the others are looked after all the same
                fail("it cannot be looked after: " + e);
            }
        });
    }

    private void judge() {
        if (Files.exists(home.home().resolve(TenantHome.STOPPED))) {
            if (state != State.STOPPED) {
                stop();
                become(State.STOPPED, List.of());
                LOG.info("tenant: stopped, because there is a file {} in its folder", TenantHome.STOPPED);
            }
        } else if (gateway != null) {
            if (storeFailed) {
                stop();
                fail("its store failed; see the lines before");
            }
        } else if (due()) {
            tried = seen;
            start();
        }
    }

    /** Whether a start is worth trying: files that changed have settled, or the time has come. */
    private boolean due() {
        String stamp = FolderStamp.of(home);
        boolean settled = stamp.equals(seen);
        seen = stamp;
        return switch (state) {
            case BROKEN -> settled && !stamp.equals(tried);
            case FAILED -> !process.clock.instant().isBefore(again) || (settled && !stamp.equals(tried));
            default -> true;
        };
    }

    private void start() {
        storeFailed = false;
        Bootstrap bootstrap = process.bootstraps.apply(home);
        Setup.Environment environment = process.environments.apply(home, this::storeFailed);
        try {
            Loaded<RuleBook> loaded = bootstrap.load(environment.random());
            loaded.problems()
                    .forEach(problem -> LOG.warn("config: {}{}", problem.warning() ? "warning: " : "", problem));
            if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
                broken(loaded.errors().stream().map(Problem::toString).toList());
                return;
            }
            Optional<String> taken =
                    process.places.take(home.name(), usable.configuration().gateway());
            if (taken.isPresent()) {
                fail(taken.get()); // and not broken: the other may leave it
                return;
            }
            Gateway started = Gateway.start(bootstrap.setup(usable, environment));
            gateway = started;
            watcher = bootstrap.watcher(usable, started);
            watcher.start();
            become(State.RUNNING, List.of());
            LOG.info("tenant: ready, at {}", home.prefix());
        } catch (IOException | HttpListener.PortInUse | RuntimeException e) {
            stop(); // what of it had started
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** On the store's own thread, which must go on. */
    private void storeFailed(Throwable failure) {
        storeFailed = true;
    }

    private void broken(List<String> why) {
        become(State.BROKEN, why);
        LOG.error(
                "tenant: DOES NOT START with {} problem(s) in its configuration; it is tried again when a file changes."
                        + " The other tenants go on",
                why.size());
    }

    private void fail(String why) {
        again = process.clock.instant().plus(AGAIN);
        become(State.FAILED, List.of(why));
        LOG.error("tenant: FAILED, it is tried again in {} s. The other tenants go on: {}", AGAIN.toSeconds(), why);
    }

    private void become(State next, List<String> why) {
        problems = why;
        state = next;
    }

    /** How it is. Blocks. */
    TenantReport report() {
        Gateway running = gateway;
        if (running == null || state != State.RUNNING) {
            return new TenantReport(home.name(), Words.of(state), false, problems);
        }
        return new TenantReport(
                home.name(), Words.of(state), !storeFailed && running.ready(), running.configurationProblems());
    }

    /** Its figures; nothing where it does not run. Blocks. */
    String metrics() {
        Gateway running = gateway;
        return running == null ? "" : running.metrics();
    }

    Optional<Gateway> gateway() {
        return Optional.ofNullable(gateway);
    }

    /** Stops it for good, after what is under way. */
    synchronized void close() {
        closed = true;
        stop();
    }

    private void stop() {
        CurrentTenant.during(home.name(), () -> {
            Gateway running = gateway;
            gateway = null;
            if (watcher != null) {
                watcher.close();
                watcher = null;
            }
            if (running != null) {
                running.close();
            }
            process.places.leave(home.name());
        });
    }
}
