// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.store.TestStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway that is killed again and again under load, at random moments and at every named place, watched from
 * outside: what it acknowledged must arrive, in both directions, once and in order. More with
 * {@code -Ddragoman.kill.cycles}.
 */
final class KillTest {
    private static final int CYCLES = Integer.getInteger("dragoman.kill.cycles", 8);
    private static final long MESSAGES = Long.getLong("dragoman.kill.messages", 3_000);
    private static final long SEED = Long.getLong("dragoman.kill.seed", System.nanoTime());

    /** Where it ends by itself, and at which passing. */
    private static final List<String> FAIL_POINTS = places("dragoman.kill.places", """
            read.before:80 acknowledge.before:80 rules.before:60 clock.Commit.process:60 clock.CommitMessage.apply:60
            clock.Outbox.claim:40 deliver.before:60 deliver.after:60 clock.Settle.process:60 clock.Settle.settle:5
            send.before:20 send.after:20 fetch.before:2 fetch.after:2""");

    private static final List<String> POSTGRES_FAIL_POINTS = places(
            "dragoman.kill.postgres.places", "acknowledge.before:20 clock.Outbox.claim:20 clock.Settle.process:20");

    @TempDir
    private Path home;

    private final Random random = new Random(SEED);

    @Test
    void everythingAcknowledgedArrivesOnceAndInOrderThroughKills() throws Exception {
        run(
                "sqlite:data/dragoman.db",
                StoreFacts.sqlite(home.resolve("data/dragoman.db")),
                CYCLES,
                MESSAGES,
                FAIL_POINTS);
    }

    @Test
    void theSameOnPostgres() throws Exception {
        TestStore store = TestStore.postgres(home);
        int cycles = Integer.getInteger("dragoman.kill.postgres.cycles", 3);
        run(
                store.url().toString(),
                store.jdbc(),
                cycles,
                Long.getLong("dragoman.kill.postgres.messages", 800),
                POSTGRES_FAIL_POINTS);
    }

    private void run(String storeUrl, String jdbcUrl, int cycles, long messages, List<String> failPoints)
            throws Exception {
        long begun = System.nanoTime();
        try (OutsideProcess outside = new OutsideProcess(home, storeUrl, SEED)) {
            Archive.made().train();
            outside.write();
            int kills = 0;
            for (int cycle = 0; cycle < cycles; cycle++) {
                killAtRandom();
                kills++;
            }
            int halted = 0;
            for (String failPoint : failPoints) {
                halted += halts(failPoint);
            }
            try (VictimProcess last = VictimProcess.start(home)) {
                assertThat(last.awaitReady()).isTrue();
                while (outside.taken() < messages) {
                    LockSupport.parkNanos(100_000_000);
                }
                outside.stop();
                assertThat(halted).isEqualTo(failPoints.size());
                judge(outside, jdbcUrl, kills, halted, begun);
            }
        }
    }

    private static List<String> places(String property, String usual) {
        String text = System.getProperty(property, usual).strip();
        return text.isEmpty() ? List.of() : List.of(text.split("[\\s,]+"));
    }

    private void killAtRandom() throws IOException, InterruptedException {
        try (VictimProcess victim = VictimProcess.start(home)) {
            if (random.nextInt(6) == 0) {
                victim.ends(random.nextInt(1_000)); // dies young, in its start
                return;
            }
            assertThat(victim.awaitReady()).as("the gateway starts").isTrue();
            // some while they still take up what the one before left
            victim.ends(random.nextInt(4) == 0 ? random.nextInt(60) : 300 + random.nextInt(1_000));
        }
    }

    private int halts(String failPoint) throws IOException, InterruptedException {
        try (VictimProcess victim = VictimProcess.start(home, "-Dhalt=" + failPoint)) {
            victim.awaitReady();
            assertThat(victim.ends(120_000))
                    .as("it ends by itself at %s", failPoint)
                    .isTrue();
            return victim.exitValue() == 9 ? 1 : 0;
        }
    }

    private void judge(OutsideProcess outside, String jdbcUrl, int kills, int halted, long begun) throws IOException {
        Map<String, String> figures = outside.judge(jdbcUrl);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        System.out.printf(
                "kill -9 on %s: seed %d, %d kills, %d named places, %d s, %s%n",
                jdbcUrl.substring(5, jdbcUrl.indexOf(':', 5)), SEED, kills, halted, seconds, figures);
        Figures.demandZeros(figures);
    }
}
