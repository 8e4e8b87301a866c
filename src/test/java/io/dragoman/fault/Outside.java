// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.FreePort;
import io.dragoman.fault.Witness.What;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The whole outside world in a process of its own: customers who write, providers and a mail server that carry it,
 * people at a helpdesk who answer. It remembers every 2xx that it was given and everything that was brought to it, and
 * judges. Takes commands on its standard input, one a line, and answers with lines that end with {@code end}.
 */
public final class Outside {
    private static final long STANDSTILL_SECONDS = 60;

    private final Insistent courier;
    private final Path file;
    private final Witness record;
    private final Providers providers;
    private final Customers customers;
    private final Agents agents;

    private Outside(Path home, String storeUrl, long seed, int gateways) throws IOException {
        file = home.resolve("outside.log");
        java.nio.file.Files.createDirectories(home);
        record = new Witness(file);
        List<Integer> ports = Stream.generate(FreePort::find).limit(gateways).toList();
        courier = new Insistent(ports);
        providers = new Providers(courier, ports);
        providers.configure(home, storeUrl);
        customers = new Customers(providers, record, seed);
        agents = new Agents(providers, record);
        providers.whatsapp.reportTo(providers.callback("wa"));
    }

    /** Arguments: the gateways' home, which is written, their store's address, a seed, how many they are. */
    public static void main(String[] arguments) throws Exception {
        Outside outside = new Outside(
                Path.of(arguments[0]), arguments[1], Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say("home written\nend");
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "write" -> outside.customers.start();
                case "taken" -> say(Long.toString(outside.accepted()));
                case "stop" -> outside.stop();
                case "judge" -> outside.judge(words[1]);
                default -> throw new IllegalArgumentException(line);
            }
            say("end");
        }
        outside.providers.close();
        System.exit(0);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private long accepted() {
        return courier.taken.get() + mails();
    }

    private long mails() {
        return customers.mails.get();
    }

    private void stop() throws InterruptedException {
        customers.stop();
    }

    private void judge(String jdbcUrl) throws SQLException, IOException {
        try (StoreFacts store = StoreFacts.open(jdbcUrl)) {
            boolean quiet = settled(store) && await(5, () -> quiet(store));
            note();
            record.flush();
            Verdict verdict = Verdict.of(Witness.read(file));
            long pictures = Witness.read(file).stream()
                    .filter(entry -> entry.what() == What.TAKEN)
                    .map(entry -> Texts.read(entry.text()))
                    .filter(text -> text.role().isEmpty() && Texts.hasPicture(text.channel(), text.number()))
                    .count();
            Map<String, Object> figures = Inquest.hold(verdict, store, courier.taken.get(), mails(), pictures);
            figures.put("!never quiet", quiet ? "0" : "1 " + store.open() + " open");
            figures.put(
                    "!complaints of the desk",
                    providers.desk.complaints().isEmpty() ? "0" : providers.desk.complaints());
            figures.put("repeated to the gateway", courier.repeated);
            figures.put("repeated to the desk with the same id", providers.desk.repeats());
            figures.put("refused with 4xx or 5xx", courier.refusals);
            figures.forEach((name, value) -> say(name + "\t" + value));
        }
    }

    private boolean quiet(StoreFacts store) {
        try {
            return courier.underWay.get() == 0
                    && agents.idle()
                    && store.open() == 0
                    && store.number("SELECT count(*) FROM event WHERE source='mail'") >= mails();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits as long as anything moves: a slow machine is not a lost message. */
    private boolean settled(StoreFacts store) throws SQLException {
        long moved = System.nanoTime();
        long before = -1;
        while (!quiet(store)) {
            long open = store.open();
            long now = System.nanoTime();
            if (open != before) {
                moved = now;
                before = open;
            } else if (now - moved > TimeUnit.SECONDS.toNanos(STANDSTILL_SECONDS)) {
                return false;
            }
            LockSupport.parkNanos(500_000_000);
        }
        return true;
    }

    private static boolean await(long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(20_000_000);
        }
        LockSupport.parkNanos(100_000_000);
        return condition.getAsBoolean() || await(Math.max(1, seconds / 2), condition);
    }

    /** Writes down everything that was brought, each party's in its order. */
    private void note() {
        for (Note note : providers.desk.notes()) {
            if (note.type().equals("message.received")) {
                record.write(What.CAME, "helpdesk", note.conversation(), note.webhookId(), note.text());
            }
        }
        for (Map.Entry<String, Simulator> channel : providers.channels.entrySet()) {
            for (Simulator.Delivered one : channel.getValue().delivered()) {
                record.write(What.CAME, channel.getKey(), one.customer(), one.id(), one.content());
            }
        }
    }
}
