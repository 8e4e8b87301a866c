// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.email.Email;
import io.dragoman.channel.telegram.Telegram;
import io.dragoman.channel.twilio.Twilio;
import io.dragoman.channel.whatsapp.WhatsApp;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.contract.Performing;
import io.dragoman.desk.webhook.WebhookDesk;
import io.dragoman.simulator.Simulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every harm of the network to every connector's sending, judged by what the provider really got: {@code Sent} means
 * that it has it, {@code Retry} and {@code Refused} that it has not, nothing waits beyond its time, nobody holds a
 * connection that is of no more use.
 */
final class ToxicSendTest {
    private static final Duration LONGEST = HastyTransport.PATIENCE.multipliedBy(8);

    @TempDir
    private Path folder;

    private Providers providers;
    private HastyTransport transport;

    @BeforeEach
    void start() throws Exception {
        providers = new Providers(webhook -> 200);
        transport = new HastyTransport(folder);
    }

    @AfterEach
    void stop() {
        transport.close();
        providers.close();
    }

    /** One connector's send through one harm, and what came of it. */
    private record Case(String name, Toxic toxic, String text, FaultyProxy proxy, Outcome outcome, long millis) {}

    @Test
    void outcomeAgreesWithWhatTheProviderGot() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(24);
        List<Future<Case>> cases = new ArrayList<>();
        providers.telegram.customerWrites(URI.create("http://127.0.0.1/"), "customer-1", "hello");
        String chat = Long.toString(providers.telegram.chatOf("customer-1"));
        for (Toxic toxic : Toxic.values()) {
            cases.add(threads.submit(send(new WhatsApp(), providers.whatsapp, "+4915212345678", toxic)));
            cases.add(threads.submit(send(new Twilio(), providers.twilio, "+15551234567", toxic)));
            cases.add(threads.submit(send(new Telegram(), providers.telegram, chat, toxic)));
            cases.add(threads.submit(send(new Email(), providers.mail, "c@mail.example", toxic)));
            cases.add(threads.submit(send(new WebhookDesk(), providers.desk, "", toxic)));
        }
        List<Case> done = new ArrayList<>();
        for (Future<Case> one : cases) {
            done.add(one.get());
        }
        threads.shutdown();
        done.forEach(one -> one.proxy().resetAll()); // whatever was still on its way is so no more
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        List<String> wrong = done.stream().flatMap(one -> wrong(one).stream()).toList();
        System.out.printf(
                "network faults, sending: %d cases, %d sent, %d surely not, %d in doubt, the longest %d ms, wrong %s%n",
                done.size(),
                done.stream()
                        .filter(one -> one.outcome() instanceof Outcome.Sent)
                        .count(),
                done.stream().filter(one -> isNotSent(one.outcome())).count(),
                done.stream()
                        .filter(one -> one.outcome() instanceof Outcome.Uncertain)
                        .count(),
                done.stream().mapToLong(Case::millis).max().orElse(0),
                wrong);
        assertThat(wrong).isEmpty();
        assertThat(done).hasSize(5 * Toxic.values().length);
    }

    private Callable<Case> send(Connector connector, Simulator simulator, String address, Toxic toxic) {
        Map<String, String> settings = simulator.settings();
        int port = settings.containsKey("smtp.port")
                ? Integer.parseInt(settings.get("smtp.port"))
                : URI.create(settings.getOrDefault("baseUrl", settings.get("url")))
                        .getPort();
        String text = connector.kind() + " through " + toxic;
        Outbound outbound = address.isEmpty() ? Parties.notice(text) : Parties.message(address, text);
        return () -> {
            FaultyProxy proxy = toxic.proxy(port);
            long begun = System.nanoTime();
            Outcome outcome =
                    Performing.send(connector, Parties.account(connector, settings, proxy.port()), outbound, transport);
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            return new Case(connector.kind(), toxic, text, proxy, outcome, millis);
        };
    }

    private List<String> wrong(Case one) {
        List<String> wrong = new ArrayList<>();
        long got = got(one);
        if (one.outcome() instanceof Outcome.Sent && got == 0) {
            wrong.add(one + " but the provider has nothing");
        }
        // a status that a flipped bit made of another is beyond what anyone can see without TLS
        if (isNotSent(one.outcome()) && got > 0 && !one.toxic().changesBytes()) {
            wrong.add(one + " but the provider has it");
        }
        if (got > 1) {
            wrong.add(one + " but the provider has it " + got + " times");
        }
        if (one.millis() > LONGEST.toMillis()) {
            wrong.add(one + " waited too long");
        }
        return wrong;
    }

    private long got(Case one) {
        if (one.name().equals("webhook")) {
            return providers.desk.notes().stream()
                    .filter(note -> note.text().equals(one.text()))
                    .count();
        }
        return providers.channels.values().stream()
                .flatMap(channel -> channel.delivered().stream())
                .filter(delivered -> delivered.content().startsWith(one.text()))
                .filter(delivered -> delivered
                        .content()
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse("")
                        .equals(one.text()))
                .count();
    }

    private static boolean isNotSent(Outcome outcome) {
        return outcome instanceof Outcome.Retry || outcome instanceof Outcome.Refused;
    }
}
