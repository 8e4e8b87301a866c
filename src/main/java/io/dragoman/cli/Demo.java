// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.demo.DemoEnvironment;
import io.dragoman.demo.DemoScenarios;
import io.dragoman.demo.LogFile;
import io.dragoman.demo.Observation;
import io.dragoman.http.server.HttpListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code demo}: the whole gateway at work, without any account. No method and no field has a type of the demo: picocli
 * looks at all of them at the start of every command, which would load it.
 */
@Command(
        name = "demo",
        description = {
            "Show the gateway at work: no account, no network.",
            "A mail server and simulators of WhatsApp, Messenger, Twilio, Telegram, an Android phone, visitors of the"
                    + " web chat and a helpdesk run in this process; customers write, agents answer."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman demo                     run the scenarios, then keep running",
            "  ./dragoman demo --exit              run them; the exit code says whether all went well",
            "  ./dragoman demo --home /tmp/shop    keep the configuration there, and use rules that are there"
        })
final class Demo implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--exit", description = "End after the scenarios: 0 if every effect was seen, else 1.")
    private boolean exit;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long each effect is waited for (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    @SuppressWarnings("try") // the log is only opened and closed
    public Integer call() throws Exception {
        @Nullable Path named = dragoman.namedHome();
        Path home = named == null ? Files.createTempDirectory("dragoman-demo") : named;
        Files.createDirectories(home);
        int code = Dragoman.FAILED;
        try (AutoCloseable log = LogFile.at(home.resolve("demo.log"))) {
            // the mail server's threads end with an exception when a connection is closed
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> LOG.debug("{} ended", thread, failure));
            code = show(home);
        } catch (HttpListener.PortInUse | IOException e) {
            dragoman.err().println("demo: " + e.getMessage());
            dragoman.err().flush();
            code = Dragoman.WRONG;
        }
        Thread.setDefaultUncaughtExceptionHandler(null);
        if (named == null && exit && code == Dragoman.OK) {
            delete(home);
        }
        return code;
    }

    private int show(Path home) throws IOException, HttpListener.PortInUse, InterruptedException {
        try (DemoEnvironment environment =
                DemoEnvironment.open(home, dragoman.connectors(), Clock.systemUTC(), new SecureRandom())) {
            PrintWriter out = dragoman.out();
            say("The gateway runs at " + environment.publicUrl() + ", configured in " + home.resolve("config") + ".");
            DemoScenarios scenarios = new DemoScenarios(environment, Duration.ofSeconds(seconds), this::say);
            List<Observation> seen = scenarios.run();
            List<Observation> missed =
                    seen.stream().filter(Predicate.not(Observation::met)).toList();
            if (dragoman.json()) {
                dragoman.print(new Report(missed.isEmpty(), home.toString(), seen));
            } else {
                missed.forEach(out::println);
                out.println();
                out.println(
                        missed.isEmpty()
                                ? "All " + seen.size() + " expected effects were seen at the simulators and the desk."
                                : missed.size() + " of " + seen.size() + " expected effects were not seen.");
                out.flush();
            }
            if (!exit) {
                say("");
                say("It keeps running until Ctrl-C. Look around from another terminal:");
                environment.directions(scenarios.example()).forEach(this::say);
                untilStopped();
            }
            return missed.isEmpty() ? Dragoman.OK : Dragoman.FAILED;
        }
    }

    private void say(String line) {
        if (!dragoman.json()) {
            dragoman.out().println(line);
            dragoman.out().flush();
        }
    }

    /** Until Ctrl-C; the process then waits for everything to be closed. */
    private static void untilStopped() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopped.countDown();
                            try {
                                main.join(15_000);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stop"));
        stopped.await();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What {@code demo --json} prints. */
    private record Report(boolean ok, String home, List<Observation> observations) {}
}
