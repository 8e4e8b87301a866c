// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.Boot;
import io.dragoman.Gateway;
import io.dragoman.Installation;
import io.dragoman.config.Configuration;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Secret;
import io.dragoman.http.server.HttpListener;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.StoreException;
import io.dragoman.yaml.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code run}: the gateway, until it is told to stop. */
@Command(
        name = "run",
        description = "Run the gateway. Stops on SIGTERM or Ctrl-C, after finishing what is under way.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman run", "  ./dragoman run --home /srv/chat"})
final class Run implements Callable<Integer> {
    /** What sysexits.h calls an internal error: a supervisor should start us again. */
    private static final int STORE_FAILED = 70;

    private static final Duration LOOK = Duration.ofSeconds(2);

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Override
    public Integer call() throws InterruptedException {
        Boot boot = new Boot(dragoman.home(), dragoman.connectors(), dragoman.environment());
        Loaded<RuleBook> looked = boot.load(new Secret("only for looking"));
        tell(looked);
        if (!(looked instanceof Loaded.Usable<RuleBook> usable)) {
            return Dragoman.WRONG;
        }
        try {
            return run(boot, usable.configuration());
        } catch (HttpListener.PortInUse | StoreException.Unusable | IOException e) {
            dragoman.err().println("dragoman: " + e.getMessage());
            return Dragoman.WRONG;
        }
    }

    private int run(Boot boot, Configuration looked) throws IOException, HttpListener.PortInUse, InterruptedException {
        SecureRandom random = new SecureRandom();
        Secret key = Installation.secret(Boot.data(looked), "installation.key", random);
        if (!(boot.load(key) instanceof Loaded.Usable<RuleBook> usable)) {
            return Dragoman.WRONG; // changed between two looks
        }
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, closed), "stop"));
        try {
            serve(boot, usable, key, random, stopped);
        } finally {
            closed.countDown();
        }
        return Dragoman.OK;
    }

    private static void serve(
            Boot boot, Loaded.Usable<RuleBook> usable, Secret key, SecureRandom random, CountDownLatch stopped)
            throws IOException, HttpListener.PortInUse, InterruptedException {
        try (Gateway gateway = Gateway.start(boot.setup(
                usable.configuration(), usable.rules(), key, Clock.systemUTC(), random, failure -> Runtime.getRuntime()
                        .halt(STORE_FAILED)))) {
            ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "config-watch");
                thread.setDaemon(true);
                return thread;
            });
            ConfigurationWatcher<RuleBook> watcher = new ConfigurationWatcher<>(
                    usable.configuration(), () -> boot.load(key), reload -> gateway.rules(reload.rules()::decide));
            watcher.start(scheduler, LOOK);
            stopped.await();
            watcher.close();
        }
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
