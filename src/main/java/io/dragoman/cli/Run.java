// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.app.status.ProgramVersion;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Loaded;
import io.dragoman.config.SharedSettings;
import io.dragoman.config.TenantHome;
import io.dragoman.http.server.HttpListener;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.StoreException;
import io.dragoman.tenant.Tenants;
import io.dragoman.yaml.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code run}: the gateway, until it is stopped. */
@Command(
        name = "run",
        description = {
            "Run the gateway. Stops on SIGTERM or Ctrl-C, after finishing what is under way.",
            "In a home with a folder tenants/ it runs a gateway for each tenant: docs/tenants.md."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman run", "  ./dragoman run --home /srv/chat"})
final class Run implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    /** What sysexits.h calls an internal error: a supervisor should start us again. */
    private static final int STORE_FAILED = 70;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Override
    public Integer call() throws InterruptedException {
        Path place = dragoman.place();
        Optional<TenantHome> tenant = TenantHome.of(place);
        if (tenant.isPresent()) {
            dragoman.err()
                    .println("dragoman: " + tenant.get().name() + " is a tenant of "
                            + tenant.get().top()
                            + " and runs with the others: ./dragoman run --home "
                            + tenant.get().top() + ". To let it run alone, move its folder to another place.");
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
        return TenantHome.above(place) ? several(place) : single();
    }

    /** One gateway for each tenant. */
    private int several(Path top) throws InterruptedException {
        SharedSettings shared = SharedSettings.read(top, dragoman.environment());
        shared.problems().forEach(problem -> dragoman.err().println((problem.warning() ? "warning: " : "") + problem));
        dragoman.err().flush();
        if (!shared.errors().isEmpty()) {
            return Dragoman.WRONG;
        }
        Tenants.Place where = new Tenants.Place(top, dragoman::connectors, dragoman.environment());
        return untilStopped(stopped -> {
            try (Tenants tenants = Tenants.start(where, shared, Clock.systemUTC(), new SecureRandom())) {
                tenants.follow();
                LOG.info(
                        "ready: version {}, home {}, {} tenants, admin port {} with their consoles at /t/NAME/console/",
                        ProgramVersion.own(),
                        top,
                        TenantHome.names(top).size(),
                        tenants.adminPort());
                stopped.await();
            }
            LOG.info("stopped");
        });
    }

    private int single() throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap(dragoman.home(), dragoman.connectors(), dragoman.environment());
        SecureRandom random = new SecureRandom();
        try {
            Loaded<RuleBook> loaded = bootstrap.load(random);
            tell(loaded);
            if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
                return Dragoman.WRONG;
            }
            return untilStopped(stopped -> serve(bootstrap, usable, random, stopped));
        } catch (IOException e) {
            return unusable(e);
        }
    }

    /** Serves until the latch is open, and closes everything before it returns. */
    @FunctionalInterface
    private interface Service {
        void serve(CountDownLatch stopped) throws IOException, HttpListener.PortInUse, InterruptedException;
    }

    private int untilStopped(Service service) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, closed), "stop"));
        try {
            service.serve(stopped);
            return Dragoman.OK;
        } catch (HttpListener.PortInUse | StoreException.Unusable | IOException e) {
            return unusable(e);
        } finally {
            closed.countDown();
        }
    }

    private int unusable(Exception why) {
        dragoman.err().println("dragoman: " + why.getMessage());
        return Dragoman.WRONG;
    }

    private void serve(Bootstrap bootstrap, Loaded.Usable<RuleBook> usable, SecureRandom random, CountDownLatch stopped)
            throws IOException, HttpListener.PortInUse, InterruptedException {
        Setup.Environment process = new Setup.Environment(
                Clock.systemUTC(), random, failure -> Runtime.getRuntime().halt(STORE_FAILED));
        try (Gateway gateway = Gateway.start(bootstrap.setup(usable, process));
                ConfigurationWatcher<RuleBook> watcher = bootstrap.watcher(usable, gateway)) {
            watcher.start();
            LOG.info(
                    "ready: version {}, home {}, admin port {} with the console at /console/",
                    ProgramVersion.own(),
                    dragoman.home(),
                    gateway.adminPort());
            stopped.await();
        }
        LOG.info("stopped");
    }

    /** Lets the main thread close everything; not for its end, since it exits and that waits for this. */
    private static void stop(CountDownLatch stopped, CountDownLatch closed) {
        stopped.countDown();
        try {
            closed.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Loaded<RuleBook> loaded) {
        PrintWriter err = dragoman.err();
        for (Problem problem : loaded.problems()) {
            err.println((problem.warning() ? "warning: " : "") + problem);
        }
        if (!loaded.errors().isEmpty()) {
            err.println(
                    "The gateway does not start with " + loaded.errors().size() + " problem(s) in its configuration.");
        }
        err.flush();
    }
}
