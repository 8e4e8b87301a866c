// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.channel.twilio.Twilio;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Connector;
import io.dragoman.rules.RuleBook;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A gateway in a process of its own, to be harmed: started from a home folder as {@code run} does it. The property
 * {@code halt} names a {@link FailPoint}.
 */
public final class Victim {
    /** What {@code run} ends with when the store failed. */
    static final int STORE_FAILED = 70;

    private Victim() {}

    /** Argument: the home folder. Says so when it is ready; ends in order when it is asked to. */
    public static void main(String[] arguments) {
        try {
            run(Path.of(arguments[0]));
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path home) throws Exception {
        Bootstrap bootstrap = new Bootstrap(home, connectors(), name -> null);
        SecureRandom random = new SecureRandom();
        Setup setup = bootstrap.setup(
                usable(bootstrap.load(random)),
                new Setup.Environment(Clock.systemUTC(), random, failure -> Runtime.getRuntime()
                        .halt(STORE_FAILED)));
        FailPoint failPoint = new FailPoint(System.getProperty("halt"));
        CountDownLatch stopped = new CountDownLatch(1);
        try (Gateway gateway = Gateway.start(failPoint.in(setup))) {
            System.out.println("ready " + gateway.publicPort() + " " + gateway.adminPort());
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, main)));
            stopped.await();
        }
    }

    /** The simulated Twilio lists a message at once, and nobody has to wait for what it may still list. */
    private static List<Connector> connectors() {
        return Connectors.installed().stream()
                .map(one -> one instanceof Twilio ? new Twilio(Duration.ofSeconds(2)) : one)
                .toList();
    }

    private static void stop(CountDownLatch stopped, Thread main) {
        stopped.countDown();
        try {
            main.join(15_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Loaded.Usable<RuleBook> usable(Loaded<RuleBook> loaded) {
        if (loaded instanceof Loaded.Usable<RuleBook> usable) {
            return usable;
        }
        throw new IllegalStateException(loaded.problems().toString());
    }
}
