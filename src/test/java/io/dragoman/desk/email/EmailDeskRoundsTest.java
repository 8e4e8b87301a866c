// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.simulator.Answering.Answer;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.mail.Mail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final long STEP = 100_000_000;

    @TempDir
    private Path home;

    private final TestClock clock = TestClock.running();
    private MailDeskWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new MailDeskWorld(home, clock);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void everythingShouldArriveOnceAndInOrder() throws Exception {
        world.mail.script().next(Answer.THROTTLED, Answer.TAKEN, Answer.CUT, Answer.BUSY, Answer.FAILED, Answer.CUT);
        all(customer -> writes(customer, 1));
        await("the first half", () -> world.mails().size() >= CONVERSATIONS / 2);
        world.stop();
        all(customer -> writes(customer, 2));
        world.mail.script().next(Answer.BUSY, Answer.CUT, Answer.THROTTLED);
        world.start();
        await("all mails", () -> said().size() >= 2 * CONVERSATIONS);

        Map<Integer, Mail> tickets = tickets();
        all(customer -> answers(customer, 1, tickets.get(customer)));
        await("the first answers", () -> world.delivered().size() >= CONVERSATIONS / 2);
        world.stop();
        all(customer -> {
            answers(customer, 1, tickets.get(customer));
            answers(customer, 2, tickets.get(customer));
        });
        world.start();
        await("all answers", () -> world.delivered().size() >= 2 * CONVERSATIONS);
        all(customer -> writes(customer, 3));
        await("the last mails", () -> said().size() >= 3 * CONVERSATIONS);
        judge();
    }

    /** Nothing lost, doubled or out of order; a mail whose end was unknown may have gone again, as the same mail. */
    private void judge() {
        Map<String, String> texts = new HashMap<>();
        for (Mail one : world.mails()) {
            String before = texts.put(one.text().strip(), one.messageId());
            assertThat(before).as(one.text()).isIn(null, one.messageId());
        }
        all(customer -> {
            assertThat(said().stream().filter(text -> text.startsWith("m" + customer + "x")))
                    .containsExactly("m" + customer + "x1", "m" + customer + "x2", "m" + customer + "x3");
            assertThat(world.delivered().stream()
                            .filter(one -> one.customer().equals("customer" + customer))
                            .map(Delivered::content))
                    .containsExactly("a" + customer + "x1", "a" + customer + "x2");
        });
    }

    private void writes(int customer, int number) {
        world.writes("customer" + customer, "m" + customer + "x" + number);
    }

    /** By a mail that comes twice. */
    private void answers(int customer, int number, Mail ticket) {
        byte[] raw = String.join(
                        "\r\n",
                        "From: Mara <" + MailDeskWorld.DESK + ">",
                        "To: " + MailDeskWorld.address(ticket),
                        "Subject: Re: your request",
                        "Message-ID: <a" + customer + "x" + number + "@desk.example>",
                        "In-Reply-To: " + ticket.messageId(),
                        "",
                        "a" + customer + "x" + number,
                        "")
                .getBytes(StandardCharsets.US_ASCII);
        world.mail.drop(raw);
        world.mail.drop(raw);
    }

    /** What customers said, as the helpdesk has it; the same mail counts once, where it came first. */
    private List<String> said() {
        return world.mails().stream().map(one -> one.text().strip()).distinct().toList();
    }

    private Map<Integer, Mail> tickets() {
        Map<Integer, Mail> tickets = new HashMap<>();
        for (Mail one : world.mails()) {
            String text = one.text().strip();
            tickets.putIfAbsent(Integer.valueOf(text.substring(1, text.indexOf('x'))), one);
        }
        return Collections.unmodifiableMap(tickets);
    }

    /**
     * Meanwhile the time of the gateway runs ten times as fast, for it waits before it tries again. To look through
     * thousands of mails takes the mail server long: it is left alone four times as long.
     */
    private void await(String what, BooleanSupplier condition) {
        long deadline =
                System.nanoTime() + Duration.ofSeconds(120 + 5L * CONVERSATIONS).toNanos();
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            assertThat(now).as("waited in vain for " + what).isLessThan(deadline);
            // in small steps, for what may go in a minute goes once in a leap of an hour too
            for (long until = now + 4 * (now - begun), step = now;
                    step == now || step < until;
                    step = System.nanoTime()) {
                LockSupport.parkNanos(STEP);
                clock.move(Duration.ofNanos(9 * STEP));
            }
            begun = System.nanoTime();
        }
    }

    private static void all(IntConsumer what) {
        IntStream.range(0, CONVERSATIONS).forEach(what);
    }
}
