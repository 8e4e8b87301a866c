// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk;

import io.dragoman.Bootstrap;
import io.dragoman.FreePort;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestClock;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.model.Conversation;
import io.dragoman.model.Reason;
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.store.Conversations;
import io.dragoman.store.Deliveries;
import io.dragoman.store.NewStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A gateway between a messenger and one simulated helpdesk, started from a home folder as the command does. */
final class DeskWorld implements AutoCloseable {
    /** Who writes this and gets no answer is told of to the agents, twice within moments. */
    static final String WAITS = "Is anybody there?";

    static final String FIRST_NOTE = "This customer waits";
    static final String SECOND_NOTE = "This customer still waits";
    /** Not much less than the time after which the first is written. */
    static final Duration BEFORE_FIRST_NOTE = Duration.ofSeconds(55);

    private static final EnumSet<Deliveries.State> UNDER_WAY =
            EnumSet.of(Deliveries.State.READY, Deliveries.State.SENDING, Deliveries.State.RETRY);

    final TelegramSimulator messenger = new TelegramSimulator(0);
    final HelpdeskSimulator helpdesk;
    private final TestClock clock;
    private final URI url = URI.create("http://127.0.0.1:" + FreePort.find());
    private final Path home;
    private Gateway gateway;

    /**
     * Starts one.
     *
     * @param clock the gateway's and the helpdesk's
     * @param more settings of the desk beside the simulator's
     */
    DeskWorld(Path home, HelpdeskSimulator helpdesk, TestClock clock, Map<String, String> more) throws Exception {
        this.home = home;
        this.helpdesk = helpdesk;
        this.clock = clock;
        Path config = Files.createDirectories(home.resolve("config"));
        write(
                config,
                "gateway",
                "http: {host: 127.0.0.1, port: " + url.getPort() + ", publicUrl: \"" + url + "\"}\n"
                        + "admin: {port: 0}\ndesk: helpdesk\n");
        write(config, "rules", "rules:\n" + note("one", "60s", FIRST_NOTE) + note("two", "80s", SECOND_NOTE));
        write(config, "channels", "channels:\n" + YamlText.account("tg", "telegram", messenger.settings()));
        Map<String, String> settings = new HashMap<>(helpdesk.settings());
        settings.putAll(more);
        write(config, "desks", "desks:\n" + YamlText.account("helpdesk", helpdesk.kind(), settings));
        messenger.webhook(url.resolve("/channels/tg")); // or its updates are asked for until it is found
        helpdesk.reportTo(url.resolve("/desks/helpdesk"));
        start();
    }

    /** Opens the gateway, again where it was closed. */
    void start() throws Exception {
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> null);
        Random random = new Random(1);
        if (!(bootstrap.load(random) instanceof Loaded.Usable<RuleBook> usable)) {
            throw new AssertionError(bootstrap.load(random).problems().toString());
        }
        gateway = Gateway.start(
                NewStore.in(bootstrap.setup(usable, new Setup.Environment(clock, random, failure -> {}))));
    }

    /** Closes the gateway, in the midst of whatever it does. */
    void stop() {
        gateway.close();
    }

    private static String note(String name, String silence, String text) {
        return "  - {name: " + name + ", on: {silence: " + silence + "}, when: {text: \"" + WAITS + "\"}, note: " + text
                + "}\n";
    }

    private static void write(Path config, String name, String yaml) throws IOException {
        Files.writeString(config.resolve(name + ".yaml"), yaml);
    }

    /** A customer writes, and the gateway has it. */
    void writes(String customer, String text) {
        int status = messenger.customerWrites(url.resolve("/channels/tg"), customer, text);
        if (status != 200) {
            throw new AssertionError("the gateway answered " + status);
        }
    }

    /** A customer sends a file, and the gateway has the message. */
    void sends(String customer, byte[] bytes, String name) {
        messenger.customerSendsFile(url.resolve("/channels/tg"), customer, bytes, "application/octet-stream", name);
    }

    /** A customer sends a picture with words below it, and the gateway has the message. */
    void sendsPhoto(String customer, byte[] bytes, String caption) {
        messenger.customerSendsPhoto(url.resolve("/channels/tg"), customer, bytes, caption);
    }

    /** The same of a file that is too large for the channel. */
    void sendsTooMuch(String customer, long size, String name) {
        messenger.customerSendsLargeFile(url.resolve("/channels/tg"), customer, size, "video/mp4", name);
    }

    /** What a customer was brought, in its order. */
    List<String> brought(String customer) {
        return messenger.delivered().stream()
                .filter(delivered -> delivered.customer().equals(customer))
                .map(Simulator.Delivered::content)
                .toList();
    }

    /** What all customers were brought. */
    List<String> brought() {
        return messenger.delivered().stream().map(Simulator.Delivered::content).toList();
    }

    /** How many attempts the news to the desk took that took the most, as far as attempts count. */
    int mostAttempts() {
        return gateway.store().read(tx -> tx.deliveries().recent(null, 10_000)).stream()
                .filter(delivery -> delivery.kind() == Deliveries.Kind.NOTICE)
                .mapToInt(delivery -> delivery.attempts() - delivery.base())
                .max()
                .orElse(0);
    }

    /** What was told of the news to the desk that arrived, but not as a whole. */
    List<String> losses() {
        return gateway.store().read(tx -> tx.deliveries().recent(null, 10_000)).stream()
                .filter(delivery -> delivery.kind() == Deliveries.Kind.NOTICE)
                .filter(delivery -> delivery.state() == Deliveries.State.DELIVERED)
                .map(Deliveries.Stored::detail)
                .filter(Objects::nonNull)
                .toList();
    }

    /** How much the desk was, or is to be, told of. */
    long notices() {
        return gateway.store().read(tx -> tx.deliveries().recent(null, 10_000)).stream()
                .filter(delivery -> delivery.kind() == Deliveries.Kind.NOTICE)
                .count();
    }

    /** So much time passes at once. */
    void passes(Duration time) {
        clock.move(time);
    }

    /** Whether all conversations with a customer are closed. */
    boolean isOver(String customer) {
        return gateway.store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 10_000).stream()
                        .filter(conversation -> customer.equals(tx.contacts()
                                .find(conversation.contact())
                                .orElseThrow()
                                .name()))
                        .allMatch(conversation -> conversation.status() == Conversation.State.CLOSED));
    }

    /** Waits until nothing is under way any more, and no webhook either. */
    void quiet() {
        await(
                "the end of the deliveries",
                () -> gateway.store().read(tx -> tx.deliveries().counts()).stream()
                        .noneMatch(count -> UNDER_WAY.contains(count.state())));
        helpdesk.settle();
    }

    /** What became of deliveries that nobody tries any more: by state, without the delivered. */
    List<String> failures() {
        return gateway.store().read(tx -> tx.deliveries().recent(null, 10_000)).stream()
                .filter(delivery -> delivery.state() != Deliveries.State.DELIVERED)
                .filter(delivery -> delivery.reason() != Reason.TOO_LARGE) // a file that nobody can have
                .map(Object::toString)
                .toList();
    }

    /** Waits for the condition; meanwhile the time of the gateway runs ten times as fast, for it waits before it retries. */
    void await(String what, BooleanSupplier condition) {
        Duration longest = Duration.ofMinutes(2) // a poll may come after a minute
                .plusSeconds(Integer.getInteger("dragoman.roundTrip", 0));
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + "; failed deliveries: " + failures());
            }
            LockSupport.parkNanos(5_000_000);
            clock.move(Duration.ofMillis(45));
        }
    }

    @Override
    public void close() {
        gateway.close();
        messenger.close();
        helpdesk.close();
    }
}
