// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Several gateways on one PostgreSQL, of which one after the other is killed, or stands still and wakes, while the others
 * work on, watched from outside as in {@link Kills}. The first to be killed is the one that reads the mail.
 *
 * @param gateways how many there are
 * @param kills how many at random
 * @param pauses how many stand still while they read the mail, until another does, and go on then
 * @param messages how many must be taken before the end
 * @param failPoints where one of them ends by itself, and at which passing
 */
record FleetKills(int gateways, int kills, int pauses, long messages, List<String> failPoints, long seed) {
    private static final long TAKEN_OVER_MILLIS = 20_000;
    /** The database waits for ten seconds for word from one that stands still. */
    private static final long TAKEN_OVER_FROM_A_SLEEPER_MILLIS = 45_000;

    /**
     * @param home of the gateways, which is written
     * @param storeUrl as in {@code gateway.yaml}
     * @param jdbcUrl of the same store
     */
    void run(Path home, String storeUrl, String jdbcUrl) throws Exception {
        long begun = System.nanoTime();
        Random random = new Random(seed);
        List<Long> takenOver = new ArrayList<>();
        try (OutsideProcess outside = new OutsideProcess(home, storeUrl, seed, gateways);
                StoreFacts store = StoreFacts.open(jdbcUrl);
                Fleet fleet = new Fleet(home, gateways, store)) {
            Archive.made().train();
            fleet.awaitAll();
            outside.write();
            for (int kill = 0; kill < kills; kill++) {
                if (kill == 0) {
                    takenOver.add(killThePoller(fleet));
                } else {
                    killAtRandom(fleet, random);
                }
            }
            for (int pause = 0; pause < pauses; pause++) {
                takenOver.add(pauseThePoller(fleet));
            }
            for (String failPoint : failPoints) {
                halt(fleet, random.nextInt(gateways), failPoint);
            }
            fleet.awaitAll();
            while (outside.taken() < messages) {
                LockSupport.parkNanos(100_000_000);
            }
            outside.stop();
            judge(outside, jdbcUrl, takenOver, begun);
        }
    }

    private static long killThePoller(Fleet fleet) throws Exception {
        int poller = fleet.poller("mail");
        long pid = fleet.get(poller).pid();
        fleet.get(poller).kill();
        long millis = fleet.awaitHeir("mail", pid);
        assertThat(millis).as("after a kill another takes over").isLessThan(TAKEN_OVER_MILLIS);
        fleet.start(poller);
        return millis;
    }

    private static long pauseThePoller(Fleet fleet) throws Exception {
        fleet.awaitAll();
        int poller = fleet.poller("mail");
        VictimProcess sleeper = fleet.get(poller);
        sleeper.signal("STOP");
        long millis = fleet.awaitHeir("mail", sleeper.pid());
        assertThat(millis).as("of a sleeper another takes over").isLessThan(TAKEN_OVER_FROM_A_SLEEPER_MILLIS);
        sleeper.signal("CONT");
        return millis;
    }

    /** Some as soon as they take up what another left, some while they start, and sometimes two at once. */
    private void killAtRandom(Fleet fleet, Random random) throws Exception {
        int victim = random.nextInt(gateways);
        boolean young = random.nextInt(6) == 0;
        if (!young) {
            assertThat(fleet.get(victim).awaitReady()).as("a gateway starts").isTrue();
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                random.nextInt(4) == 0 ? random.nextInt(60) : 300 + random.nextInt(1_000)));
        fleet.replace(victim);
        if (random.nextInt(6) == 0) {
            fleet.replace((victim + 1) % gateways);
        }
    }

    private static void halt(Fleet fleet, int number, String failPoint) throws IOException, InterruptedException {
        fleet.replace(number, "-Dhalt=" + failPoint);
        assertThat(fleet.get(number).ends(120_000))
                .as("it ends by itself at %s", failPoint)
                .isTrue();
        assertThat(fleet.get(number).exitValue()).isEqualTo(9);
        fleet.start(number);
    }

    private void judge(OutsideProcess outside, String jdbcUrl, List<Long> takenOver, long begun) throws IOException {
        Map<String, String> figures = outside.judge(jdbcUrl);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        System.out.printf(
                "kill -9 of %d gateways on one postgresql: seed %d, %d kills, %d pauses, %d named places, %d s,"
                        + " mail taken over after %s ms, %s%n",
                gateways, seed, kills, pauses, failPoints.size(), seconds, takenOver, figures);
        Figures.demandZeros(figures);
    }
}
