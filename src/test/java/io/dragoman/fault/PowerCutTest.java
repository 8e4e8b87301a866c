// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dragoman.fault.Disk.Cut;
import io.dragoman.fault.SystemCalls.Step;
import io.dragoman.store.Scribe;
import io.dragoman.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts: a process's system calls are recorded, and for random moments of them every state is made that a disk
 * could be left in. What the process was told is committed must be there. More with {@code -Ddragoman.power.cuts}.
 */
final class PowerCutTest {
    private static final int CUTS = Integer.getInteger("dragoman.power.cuts", 600);
    private static final long SEED = Long.getLong("dragoman.power.seed", 20_261_121);
    private static final int EVENTS_OF_EACH_THREAD = 130;
    private static final int REAL_STARTS = 20;
    private static final List<Cut> WAYS = List.of(Cut.values());

    @TempDir
    private Path folder;

    /** What came of many cuts. */
    private static final class Result {
        private int cuts;
        private int damaged;
        private int lossy;
        private int lostRows;
        private int acknowledged;
        private String first = "";

        @Override
        public String toString() {
            return cuts + " cuts, " + damaged + " damaged, " + lossy + " with losses, " + lostRows
                    + " acknowledged rows lost (of up to " + acknowledged + ") " + first;
        }
    }

    @Test
    void everythingAcknowledgedSurvivesEveryPowerCut() throws Exception {
        Result result = cutOften(trace("FULL"), CUTS, true);
        System.out.println("power cuts, synchronous=FULL: " + result);
        assertThat(result.damaged).as("%s", result).isZero();
        assertThat(result.lossy).as("%s", result).isZero();
        assertThat(result.acknowledged).isEqualTo(3 * EVENTS_OF_EACH_THREAD);
    }

    @Test
    void sameWithoutSyncAtEachCommitIsCaughtLosingRows() throws Exception {
        Result result = cutOften(trace("NORMAL"), Math.max(100, CUTS / 5), false);
        System.out.println("power cuts, synchronous=NORMAL (must lose): " + result);
        assertThat(result.lossy).as("%s", result).isGreaterThan(result.cuts / 10);
    }

    private List<Step> trace(String synchronous) throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data-" + synchronous));
        Path trace = folder.resolve("trace-" + synchronous);
        List<String> command = new ArrayList<>(SystemCalls.STRACE);
        command.addAll(List.of("-o", trace.toString()));
        command.addAll(ChildJvm.command(
                Scribe.class, List.of(), data.resolve("dragoman.db"), synchronous, EVENTS_OF_EACH_THREAD));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
        } catch (IOException e) {
            System.out.println("NOT TESTED: power cuts, because strace is not installed");
            assumeThat(false).as("strace is installed").isTrue();
            throw e;
        }
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
        return SystemCalls.read(trace, data);
    }

    private Result cutOften(List<Step> steps, int cuts, boolean realStarts) throws IOException {
        Random random = new Random(SEED);
        int[] moments = random.ints(cuts, 1, steps.size() + 1).sorted().toArray();
        Disk disk = new Disk();
        Set<String> acknowledged = new HashSet<>();
        Result result = new Result();
        int at = 0;
        for (int moment : moments) {
            for (; at < moment; at++) {
                disk.apply(steps.get(at));
                if (steps.get(at) instanceof Step.Said said) {
                    acknowledged.add(said.word());
                }
            }
            Cut cut = WAYS.get(random.nextInt(WAYS.size()));
            Path left = Files.createDirectory(folder.resolve("left"));
            disk.cut(cut, random, left);
            if (realStarts && result.cuts % Math.max(1, cuts / REAL_STARTS) == 0) {
                // the product's own start: migrations that were cut short included
                Store.sqlite(left.resolve("dragoman.db"), 0, failure -> {}).close();
            }
            judge(left, acknowledged, result, "first at " + moment + " by " + cut + " seed " + SEED);
            remove(left);
        }
        for (; at < steps.size(); at++) {
            acknowledged.addAll(steps.get(at) instanceof Step.Said said ? Set.of(said.word()) : Set.of());
        }
        result.acknowledged = acknowledged.size();
        return result;
    }

    private static void judge(Path left, Set<String> acknowledged, Result result, String which) {
        result.cuts++;
        Set<String> found = new HashSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + left.resolve("dragoman.db"))) {
            boolean whole = query(connection, "PRAGMA integrity_check").equals(List.of("ok"));
            if (!query(connection, "SELECT name FROM sqlite_master WHERE name='event'")
                    .isEmpty()) {
                found.addAll(query(connection, "SELECT key FROM event"));
            }
            result.damaged += whole ? 0 : 1;
        } catch (SQLException e) {
            result.damaged++;
        }
        int lost =
                (int) acknowledged.stream().filter(key -> !found.contains(key)).count();
        result.lostRows += lost;
        result.lossy += lost > 0 ? 1 : 0;
        if (result.first.isEmpty() && result.lossy + result.damaged > 0) {
            result.first = which;
        }
    }

    private static List<String> query(Connection connection, String query) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static void remove(Path left) throws IOException {
        try (Stream<Path> files = Files.list(left)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(left);
    }
}
