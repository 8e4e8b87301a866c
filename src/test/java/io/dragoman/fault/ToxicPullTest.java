// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.channel.email.Email;
import io.dragoman.channel.telegram.Telegram;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part;
import io.dragoman.simulator.telegram.TelegramSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every harm of the network to what connectors fetch: mail by IMAP and POP3, Telegram's updates, media. Whatever the
 * first connection suffers, each thing is taken once and whole in the end, and nobody waits who was asked to stop.
 */
final class ToxicPullTest {
    private static final String ADDRESS = "support@shop.example";
    private static final int THINGS = 3;
    private static final long STOP_MILLIS = 4_000;
    private static final long LONGEST_MILLIS = STOP_MILLIS + 4_000;

    @TempDir
    private Path folder;

    private final GreenMail mail = new GreenMail(new ServerSetup[] {server("imap"), server("pop3")});
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private HastyTransport transport;

    @BeforeEach
    void start() {
        transport = new HastyTransport(folder);
        mail.start();
        GreenMailUser user = mail.setUser(ADDRESS, ADDRESS, "password");
        for (int i = 0; i < THINGS; i++) {
            user.deliver(
                    GreenMailUtil.createTextEmail(ADDRESS, "c@mail.example", "s", "thing " + i, ServerSetup.ALL[0]));
        }
    }

    @AfterEach
    void stop() {
        transport.close();
        mail.stop();
        timer.shutdownNow();
    }

    private static ServerSetup server(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    @Test
    void everythingIsFetchedOnceAndWholeInTheEnd() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(24);
        List<Future<List<String>>> cases = new ArrayList<>();
        for (Toxic toxic : Toxic.values()) {
            cases.add(threads.submit(mail("imap", mail.getImap().getPort(), toxic)));
            cases.add(threads.submit(mail("pop3", mail.getPop3().getPort(), toxic)));
            cases.add(threads.submit(() -> updates(toxic)));
            cases.add(threads.submit(() -> medium(toxic)));
        }
        List<String> wrong = new ArrayList<>();
        for (Future<List<String>> one : cases) {
            wrong.addAll(one.get());
        }
        threads.shutdown();
        System.out.printf("network faults, fetching: %d cases, wrong %s%n", cases.size(), wrong);
        assertThat(wrong).isEmpty();
    }

    private Callable<List<String>> mail(String protocol, int port, Toxic toxic) {
        Map<String, String> settings = new HashMap<>(Map.of("address", ADDRESS, "start", "all", "interval", "1s"));
        settings.putAll(Map.of(
                protocol + ".host", "127.0.0.1",
                protocol + ".port", "0",
                protocol + ".tls", "false",
                protocol + ".user", ADDRESS,
                protocol + ".password", "password"));
        return () -> {
            FaultyProxy proxy = toxic.proxy(port);
            return poll(protocol, new Email(), settings, proxy, port, toxic);
        };
    }

    private List<String> updates(Toxic toxic) {
        try (TelegramSimulator telegram = new TelegramSimulator(0)) {
            for (int i = 0; i < THINGS; i++) {
                telegram.customerWrites(TelegramSimulator.QUEUE, "c", "thing " + i);
            }
            Map<String, String> settings = new HashMap<>(telegram.settings());
            settings.remove("secretToken");
            settings.put("intake", "poll");
            int port = telegram.baseUrl().getPort();
            return poll("getUpdates", new Telegram(), settings, toxic.proxy(port), port, toxic);
        }
    }

    /** Polls as the gateway does: on from the last position, again after a failure. */
    private List<String> poll(
            String what, Connector connector, Map<String, String> settings, FaultyProxy proxy, int real, Toxic toxic) {
        List<String> wrong = new ArrayList<>();
        Map<String, String> taken = new LinkedHashMap<>();
        // a refused connection never comes back, so the account moves to the real port after the first try
        Account harmed = Parties.account(connector, settings, proxy.port());
        Account later = toxic == Toxic.REFUSED ? Parties.account(connector, settings, real) : harmed;
        String position = "";
        for (int round = 0; round < 12 && taken.size() < THINGS; round++) {
            TestPollContext context = new TestPollContext(Duration.ofMillis(1_500));
            Future<?> stop = timer.schedule(context::stop, STOP_MILLIS, TimeUnit.MILLISECONDS);
            long begun = System.nanoTime();
            try {
                Batch batch = ((Polled) connector).poll(round == 0 ? harmed : later, position, transport, context);
                for (Request request : batch.requests()) {
                    String text = new String(request.body(), StandardCharsets.UTF_8);
                    if (taken.put(request.path(), text) != null) {
                        wrong.add(what + " through " + toxic + " gave " + request.path() + " twice");
                    }
                }
                position = batch.position();
            } catch (TransportFailure e) {
                // the gateway notes it and tries again
            }
            stop.cancel(false);
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            if (millis > LONGEST_MILLIS) {
                wrong.add(what + " through " + toxic + " waited " + millis + " ms");
            }
        }
        proxy.close();
        for (int i = 0; i < THINGS; i++) {
            String thing = "thing " + i;
            if (taken.values().stream().noneMatch(text -> text.contains(thing)) && !toxic.changesBytes()) {
                wrong.add(what + " through " + toxic + " lost " + thing + " of " + taken.keySet());
            }
        }
        if (taken.size() != THINGS) {
            wrong.add(what + " through " + toxic + " took " + taken.keySet());
        }
        return wrong;
    }

    private List<String> medium(Toxic toxic) {
        byte[] bytes = ("a picture " + toxic).repeat(50).getBytes(StandardCharsets.UTF_8);
        try (TelegramSimulator telegram = new TelegramSimulator(0)) {
            List<Request> told = new ArrayList<>();
            telegram.courier(webhook -> {
                told.add(Request.polled("update/1", KeptAlive.body(webhook), Instant.now()));
                return 200;
            });
            telegram.customerSendsPhoto(URI.create("http://127.0.0.1/"), "c", bytes, "");
            Telegram connector = new Telegram();
            FaultyProxy proxy = toxic.proxy(telegram.baseUrl().getPort());
            Account account = Parties.account(connector, telegram.settings(), proxy.port());
            Part.Media media = Part.Media.incoming(Part.MediaKind.IMAGE, "image/jpeg", null, null, source(told.get(0)));
            long begun = System.nanoTime();
            Outcome outcome = connector.fetch(account, media, told.get(0), transport);
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            proxy.close();
            List<String> wrong = new ArrayList<>();
            boolean whole =
                    outcome instanceof Outcome.Fetched fetched && fetched.blob().size() == bytes.length;
            if (outcome instanceof Outcome.Fetched && !whole && !toxic.changesBytes()) {
                wrong.add("media through " + toxic + " was kept though it is not whole: " + outcome);
            }
            if (outcome instanceof Outcome.Uncertain) {
                wrong.add("media through " + toxic + " is in doubt, though fetching changes nothing");
            }
            if (millis > HastyTransport.PATIENCE.toMillis() * 24) {
                wrong.add("media through " + toxic + " waited " + millis + " ms");
            }
            return wrong;
        }
    }

    /** The largest picture's file id. */
    private static String source(Request update) {
        String json = new String(update.body(), StandardCharsets.UTF_8);
        int at = json.lastIndexOf("\"file_id\":\"") + 11;
        return json.substring(at, json.indexOf('"', at));
    }
}
