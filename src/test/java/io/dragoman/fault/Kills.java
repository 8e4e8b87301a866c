// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A gateway that is killed again and again under load, at random moments and at every named place, watched from
 * outside: what it acknowledged must arrive, in both directions, once and in order.
 *
 * @param cycles how many kills at random
 * @param messages how many must be taken before the last gateway may finish
 * @param failPoints where it ends by itself, and at which passing
 */
record Kills(int cycles, long messages, List<String> failPoints, long seed) {
    /** From a system property; words between spaces or commas. */
    static List<String> places(String property, String usual) {
        String text = System.getProperty(property, usual).strip();
        return text.isEmpty() ? List.of() : List.of(text.split("[\\s,]+"));
    }

    /**
     * @param home of the gateway, which is written
     * @param storeUrl as in {@code gateway.yaml}
     * @param jdbcUrl of the same store
     */
    void run(Path home, String storeUrl, String jdbcUrl) throws Exception {
        long begun = System.nanoTime();
        Random random = new Random(seed);
        try (OutsideProcess outside = new OutsideProcess(home, storeUrl, seed)) {
            Archive.made().train();
            outside.write();
            for (int cycle = 0; cycle < cycles; cycle++) {
                killAtRandom(home, random);
            }
            int halted = 0;
            for (String failPoint : failPoints) {
                halted += halts(home, failPoint);
            }
            try (VictimProcess last = VictimProcess.start(home)) {
                assertThat(last.awaitReady()).isTrue();
                while (outside.taken() < messages) {
                    LockSupport.parkNanos(100_000_000);
                }
                outside.stop();
                assertThat(halted).isEqualTo(failPoints.size());
                judge(outside, jdbcUrl, begun);
            }
        }
    }

    private static void killAtRandom(Path home, Random random) throws IOException, InterruptedException {
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

    private static int halts(Path home, String failPoint) throws IOException, InterruptedException {
        try (VictimProcess victim = VictimProcess.start(home, "-Dhalt=" + failPoint)) {
            victim.awaitReady();
            assertThat(victim.ends(120_000))
                    .as("it ends by itself at %s", failPoint)
                    .isTrue();
            return victim.exitValue() == 9 ? 1 : 0;
        }
    }

    private void judge(OutsideProcess outside, String jdbcUrl, long begun) throws IOException {
        Map<String, String> figures = outside.judge(jdbcUrl);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        System.out.printf(
                "kill -9 on %s: seed %d, %d kills, %d named places, %d s, %s%n",
                jdbcUrl.substring(5, jdbcUrl.indexOf(':', 5)), seed, cycles, failPoints.size(), seconds, figures);
        Figures.demandZeros(figures);
    }
}
