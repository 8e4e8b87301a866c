// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.simulator.freescout.FreeScoutSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helpdesk that may be called only so often, and many who write at once. */
final class CallRateTest {
    private static final int MOST = 12;
    private static final int CUSTOMERS = 2 * MOST;

    @TempDir
    private Path home;

    private final List<Instant> calls = new CopyOnWriteArrayList<>();
    private TestClock clock;
    private FreeScoutSimulator helpdesk;
    private DeskWorld world;

    @BeforeEach
    void start() throws Exception {
        clock = TestClock.running();
        helpdesk = new FreeScoutSimulator(0, clock);
        helpdesk.listen(line -> {
            if (line.contains(" /api/")) {
                calls.add(clock.instant());
            }
        });
        world = new DeskWorld(
                home,
                helpdesk,
                clock,
                Map.of("callsPerMinute", String.valueOf(MOST), "reserve", "4", "pollEvery", "2s"));
        helpdesk.loseWebhooks(Integer.MAX_VALUE);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("in no minute there is a call too many, and agents' answers do not wait behind those who write")
    void limitShouldHoldAndAnswersBeReadInTime() {
        writeAll(1);
        world.await("the first tickets", () -> helpdesk.tickets().all().size() >= 4);
        Ticket first = helpdesk.tickets().all().get(0);
        Instant answered = clock.instant();
        helpdesk.agentReplies(first.id(), "Mara", "Good day");
        world.await("the answer", () -> !world.brought().isEmpty());
        assertThat(Duration.between(answered, clock.instant())).isLessThan(Duration.ofMinutes(1));
        assertThat(helpdesk.tickets().all()).as("most still wait").hasSizeLessThan(CUSTOMERS - MOST);
        world.await("all tickets", () -> helpdesk.tickets().all().size() == CUSTOMERS);
        world.quiet();
        assertThat(world.failures()).isEmpty();
        assertThat(world.mostAttempts()).as("waiting is no attempt").isEqualTo(1);
        noCallTooMany();
    }

    @Test
    @DisplayName("with a helpdesk that refuses calls besides, all arrives once and in order")
    void limitAndRefusalsShouldDrainInOrder() {
        IntStream.range(0, MOST / 2).forEach(customer -> {
            world.writes("customer" + customer, "first");
            world.writes("customer" + customer, "second");
        });
        world.await("the first tickets", () -> helpdesk.tickets().all().size() >= 3);
        helpdesk.throttle(5);
        world.await(
                "all messages",
                () -> helpdesk.tickets().all().stream()
                                .mapToInt(ticket -> ticket.messages().size())
                                .sum()
                        >= MOST);
        world.quiet();
        assertThat(helpdesk.tickets().all()).hasSize(MOST / 2).allSatisfy(ticket -> assertThat(ticket.messages())
                .extracting(message -> message.text().replaceAll("<[^>]*>", ""))
                .containsExactly("first", "second"));
        assertThat(world.failures()).isEmpty();
        noCallTooMany();
    }

    private void writeAll(int number) {
        IntStream.range(0, CUSTOMERS).forEach(customer -> world.writes("customer" + customer, "Hello " + number));
    }

    private void noCallTooMany() {
        List<Instant> sorted = calls.stream().sorted().toList();
        for (int i = MOST; i < sorted.size(); i++) {
            assertThat(Duration.between(sorted.get(i - MOST), sorted.get(i)))
                    .as("from call %d to the one that is %d behind it", i - MOST, MOST)
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
    }
}
