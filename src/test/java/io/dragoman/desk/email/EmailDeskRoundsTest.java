// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.simulator.Answering.Answer;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.store.Deliveries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
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
    private static final Set<Deliveries.State> ENDS =
            EnumSet.of(Deliveries.State.DELIVERED, Deliveries.State.CANCELLED);

    @TempDir
    private Path home;

    private final TestClock clock = TestClock.running();
    private final List<Ticket> tickets = new ArrayList<>();
    private MailDeskWorld world;

    private record Ticket(Mail mail, String text) {}

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
        Instant begun = Instant.now();
        world.mail.script().next(Answer.THROTTLED, Answer.TAKEN, Answer.CUT, Answer.BUSY, Answer.FAILED, Answer.CUT);
        all(customer -> writes(customer, 1));
        await("the first half", () -> world.mails().size() >= CONVERSATIONS / 2);
        world.stop();
        all(customer -> writes(customer, 2));
        world.mail.script().next(Answer.BUSY, Answer.CUT, Answer.THROTTLED);
        world.start();
        await("all mails", () -> said().size() >= 2 * CONVERSATIONS);

        Map<Integer, Mail> first = firstMails();
        all(customer -> answers(customer, 1, first.get(customer)));
        await("the first answers", () -> world.delivered().size() >= CONVERSATIONS / 2);
        world.stop();
        all(customer -> {
            answers(customer, 1, first.get(customer));
            answers(customer, 2, first.get(customer));
        });
        world.start();
        await("all answers", () -> world.delivered().size() >= 2 * CONVERSATIONS);
        all(customer -> writes(customer, 3));
        await("the last mails", () -> said().size() >= 3 * CONVERSATIONS);
        answers(0, 3, first.get(0)); // behind all copies in the box
        await("the last answer", () -> world.delivered().size() > 2 * CONVERSATIONS);
        await("the end of all deliveries", () -> open() == 0);
        judge();
        System.out.println(CONVERSATIONS + " conversations in "
                + Duration.between(begun, Instant.now()).toSeconds() + " s: nothing lost, doubled or out of order");
    }

    /** Nothing lost, doubled or out of order; a mail whose end was unknown may have gone again, as the same mail. */
    private void judge() {
        Map<String, String> texts = new HashMap<>();
        for (Ticket one : tickets()) {
            String before = texts.put(one.text(), one.mail().messageId());
            assertThat(before).as(one.text()).isIn(null, one.mail().messageId());
        }
        Map<Integer, List<String>> said = said().stream().collect(Collectors.groupingBy(EmailDeskRoundsTest::customer));
        Map<String, List<String>> answered = world.delivered().stream()
                .collect(Collectors.groupingBy(
                        Delivered::customer, Collectors.mapping(Delivered::content, Collectors.toList())));
        assertThat(said).hasSize(CONVERSATIONS);
        assertThat(answered).hasSize(CONVERSATIONS);
        all(customer -> {
            assertThat(said.get(customer))
                    .containsExactly("m" + customer + "x1", "m" + customer + "x2", "m" + customer + "x3");
            assertThat(answered.get("customer" + customer))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, customer == 0 ? 3 : 2)
                            .mapToObj(number -> "a" + customer + "x" + number)
                            .toList());
        });
    }

    /** How many deliveries have not come to an end. */
    private long open() {
        return world.gateway().store().read(tx -> tx.deliveries().counts()).stream()
                .filter(one -> !ENDS.contains(one.state()))
                .mapToLong(Deliveries.Count::deliveries)
                .sum();
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
        return tickets().stream().map(Ticket::text).distinct().toList();
    }

    private Map<Integer, Mail> firstMails() {
        Map<Integer, Mail> first = new HashMap<>();
        tickets().forEach(one -> first.putIfAbsent(customer(one.text()), one.mail()));
        return Collections.unmodifiableMap(first);
    }

    /** What the helpdesk's box holds. It only grows, so each mail in it is read once. */
    private List<Ticket> tickets() {
        List<Mail> box = world.mails();
        box.subList(tickets.size(), box.size())
                .forEach(one -> tickets.add(new Ticket(one, one.text().strip())));
        return tickets;
    }

    private static int customer(String text) {
        return Integer.parseInt(text.substring(1, text.indexOf('x')));
    }

    /** Meanwhile the time of the gateway runs ten times as fast, for it waits before it tries again. */
    private void await(String what, BooleanSupplier condition) {
        long deadline =
                System.nanoTime() + Duration.ofSeconds(120 + 5L * CONVERSATIONS).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(deadline);
            // in small steps, for what may go in a minute goes once in a leap of an hour too
            LockSupport.parkNanos(STEP);
            clock.move(Duration.ofNanos(9 * STEP));
        }
    }

    private static void all(IntConsumer what) {
        IntStream.range(0, CONVERSATIONS).forEach(what);
    }
}
