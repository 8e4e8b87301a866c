// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestClock;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.Answering.Answer;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.store.NewStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many conversations through a helpdesk that takes mail, while its mail server refuses for a while, takes mails without
 * an answer, mails come twice, and the gateway restarts. {@code -Ddragoman.roundTrip=500} tries more of them.
 */
final class EmailDeskRoundsTest {
    private static final int CONVERSATIONS = Integer.getInteger("dragoman.roundTrip", 4);
    private static final String DESK = "tickets@desk.example";

    @TempDir
    private Path home;

    private final TestClock clock = TestClock.running();
    private final TelegramSimulator telegram = new TelegramSimulator(0);
    private final MailSimulator mail = new MailSimulator(0, 0);
    private Gateway gateway;

    @BeforeEach
    void configure() throws Exception {
        Path config = Files.createDirectories(home.resolve("config"));
        Map<String, String> polling = new TreeMap<>(telegram.settings());
        polling.remove("secretToken");
        polling.put("intake", "poll");
        Map<String, String> mailing = new TreeMap<>(mail.settings());
        mailing.putAll(mail.more());
        mailing.put("start", "all");
        mailing.put("interval", "1s");
        mailing.put("deskAddress", DESK);
        mailing.put("replyAddress", MailSimulator.ADDRESS.replace("@", "+{token}@"));
        mailing.put("tokenSecret", "the-secret-of-the-tokens");
        Files.writeString(
                config.resolve("gateway.yaml"),
                "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0}\ndesk: help\n");
        Files.writeString(config.resolve("channels.yaml"), "channels:\n" + YamlText.account("tg", "telegram", polling));
        Files.writeString(config.resolve("desks.yaml"), "desks:\n" + YamlText.account("help", "email", mailing));
        start();
    }

    private void start() throws Exception {
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> null);
        Random random = new Random(1);
        Loaded.Usable<RuleBook> usable = (Loaded.Usable<RuleBook>) bootstrap.load(random);
        gateway = Gateway.start(
                NewStore.in(bootstrap.setup(usable, new Setup.Environment(clock, random, failure -> {}))));
    }

    @AfterEach
    void stop() {
        gateway.close();
        telegram.close();
        mail.close();
    }

    @Test
    void everythingShouldArriveOnceAndInOrder() throws Exception {
        mail.script().next(Answer.THROTTLED, Answer.TAKEN, Answer.CUT, Answer.BUSY, Answer.FAILED, Answer.CUT);
        all(customer -> writes(customer, 1));
        await("the first half", () -> mails().size() >= CONVERSATIONS / 2);
        gateway.close();
        all(customer -> writes(customer, 2));
        mail.script().next(Answer.BUSY, Answer.CUT, Answer.THROTTLED);
        start();
        await("all mails", () -> said().size() >= 2 * CONVERSATIONS);

        Map<Integer, Mail> tickets = tickets();
        all(customer -> answers(customer, 1, tickets.get(customer)));
        await("the first answers", () -> telegram.delivered().size() >= CONVERSATIONS / 2);
        gateway.close();
        all(customer -> {
            answers(customer, 1, tickets.get(customer));
            answers(customer, 2, tickets.get(customer));
        });
        start();
        await("all answers", () -> telegram.delivered().size() >= 2 * CONVERSATIONS);
        all(customer -> writes(customer, 3));
        await("the last mails", () -> said().size() >= 3 * CONVERSATIONS);
        judge();
    }

    /** Nothing lost, doubled or out of order; a mail whose end was unknown may have gone again, as the same mail. */
    private void judge() {
        Map<String, String> texts = new HashMap<>();
        for (Mail one : mails()) {
            String before = texts.put(one.text().strip(), one.messageId());
            assertThat(before).as(one.text()).isIn(null, one.messageId());
        }
        all(customer -> {
            assertThat(said().stream().filter(text -> text.startsWith("m" + customer + "x")))
                    .containsExactly("m" + customer + "x1", "m" + customer + "x2", "m" + customer + "x3");
            assertThat(telegram.delivered().stream()
                            .filter(one -> one.customer().equals("customer" + customer))
                            .map(Delivered::content))
                    .containsExactly("a" + customer + "x1", "a" + customer + "x2");
        });
    }

    private void writes(int customer, int number) {
        telegram.customerWrites(TelegramSimulator.QUEUE, "customer" + customer, "m" + customer + "x" + number);
    }

    /** By a mail that comes twice. */
    private void answers(int customer, int number, Mail ticket) {
        String from = ticket.header("From");
        byte[] raw = String.join(
                        "\r\n",
                        "From: Mara <" + DESK + ">",
                        "To: " + from.substring(from.indexOf('<') + 1, from.indexOf('>')),
                        "Subject: Re: your request",
                        "Message-ID: <a" + customer + "x" + number + "@desk.example>",
                        "In-Reply-To: " + ticket.messageId(),
                        "",
                        "a" + customer + "x" + number,
                        "")
                .getBytes(StandardCharsets.US_ASCII);
        mail.drop(raw);
        mail.drop(raw);
    }

    private List<Mail> mails() {
        return mail.mailbox(DESK);
    }

    /** What customers said, as the helpdesk has it; the same mail counts once, where it came first. */
    private List<String> said() {
        return mails().stream().map(one -> one.text().strip()).distinct().toList();
    }

    private Map<Integer, Mail> tickets() {
        Map<Integer, Mail> tickets = new HashMap<>();
        for (Mail one : mails()) {
            String text = one.text().strip();
            tickets.putIfAbsent(Integer.valueOf(text.substring(1, text.indexOf('x'))), one);
        }
        return Collections.unmodifiableMap(tickets);
    }

    /** Meanwhile the time of the gateway runs ten times as fast, for it waits before it tries again. */
    private void await(String what, BooleanSupplier condition) {
        long deadline =
                System.nanoTime() + Duration.ofSeconds(120 + 5L * CONVERSATIONS).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(deadline);
            LockSupport.parkNanos(100_000_000);
            clock.move(Duration.ofMillis(900));
        }
    }

    private static void all(IntConsumer what) {
        IntStream.range(0, CONVERSATIONS).forEach(what);
    }
}
