// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dragoman.fault.PowerCuts.Result;
import io.dragoman.fault.SystemCalls.Step;
import io.dragoman.store.Scribe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts: a process's system calls are recorded, and for random moments of them every state is made that a disk
 * could be left in. What the process was told is committed must be there. More with {@code -Ddragoman.power.cuts}.
 */
final class PowerCutTest {
    private static final int CUTS = Integer.getInteger("dragoman.power.cuts", 500);
    private static final long SEED = Long.getLong("dragoman.power.seed", 20_261_121);
    private static final String WAL = "dragoman.db-wal";
    private static final List<String> KEYS = List.of("SELECT key FROM event");

    private static final List<String> ACCEPTED_AND_DECIDED = List.of(
            "SELECT 'accepted '||key FROM event",
            "SELECT 'journey '||e.key FROM event e JOIN message m ON m.id=e.id JOIN delivery d ON d.event=e.id"
                    + " WHERE e.state='DONE'");
    private static final List<String> SENT = List.of(
            "SELECT 'attempt '||e.key FROM attempt a JOIN delivery d ON d.id=a.delivery JOIN event e ON e.id=d.event",
            "SELECT 'settled '||e.key FROM delivery d JOIN event e ON e.id=d.event WHERE d.state='DELIVERED'");

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws Exception {
        Archive.made().train();
    }

    @Test
    void acceptedEventsOutliveEveryPowerCut() throws Exception {
        demandNothingLost(
                cuts("accept", scribe("accept", "FULL", 130, 300), KEYS).often(CUTS * 3 / 10, 20));
        demandLosses(cuts("accept, synchronous=NORMAL", scribe("normal", "NORMAL", 130, 300), KEYS)
                .often(CUTS / 50, 0));
    }

    @Test
    void acceptedEventsOutliveEveryPowerCutAroundCheckpoints() throws Exception {
        demandNothingLost(
                cuts("checkpoint", scribe("checkpoint", "FULL", 80, 40), KEYS).often(CUTS * 3 / 10, 20));
        demandLosses(cuts("checkpoint, synchronous=NORMAL", scribe("lazy", "NORMAL", 80, 40), KEYS)
                .often(CUTS / 50, 0));
    }

    @Test
    void startAfterAPowerCutInTheMigrationSucceeds() throws Exception {
        List<Step> steps = scribe("migration", "FULL", 1, 1000);
        int end = 0;
        while (!(steps.get(end) instanceof Step.Said)) {
            end++;
        }
        // each state is started on: a store that was half made becomes a whole one
        Result result = cuts("migration", steps.subList(0, end), KEYS).often(Math.max(60, CUTS / 50), CUTS);
        System.out.println("power cuts, " + result);
        assertThat(result.damaged).as("%s", result).isZero();
        assertThat(result.starts).isEqualTo(result.cuts);
        demandNothingLost(cuts("migration, no start", steps, KEYS).often(CUTS / 10, 0));
    }

    @Test
    void journeysAndAttemptsThatShowedOutsideOutliveEveryPowerCut() throws Exception {
        List<Step> steps = trace(
                "gateway",
                ChildJvm.command(Chronicle.class, List.of("-DDRAGOMAN_LOG=OFF"), data("gateway"), 40),
                "gateway");
        List<Step> journey = saying(steps, "accepted", "journey");
        List<Step> delivery = saying(steps, "attempt", "settled");
        demandNothingLost(cuts("journey", journey, ACCEPTED_AND_DECIDED).often(CUTS * 3 / 20, 10));
        demandNothingLost(cuts("delivery", delivery, SENT).often(CUTS * 3 / 20, 10));
        demandLosses(cuts("journey, no sync at commit", unsynced(journey), ACCEPTED_AND_DECIDED)
                .often(CUTS / 50, 0));
        demandLosses(
                cuts("delivery, no sync at commit", unsynced(delivery), SENT).often(CUTS / 50, 0));
    }

    private static void demandNothingLost(Result result) {
        System.out.println("power cuts, " + result);
        assertThat(result.damaged).as("%s", result).isZero();
        assertThat(result.lossy).as("%s", result).isZero();
        assertThat(result.acknowledged).as("%s", result).isPositive();
    }

    /** The counter-test: what does not sync at each commit must be caught. */
    private static void demandLosses(Result result) {
        System.out.println("power cuts, must lose, " + result);
        assertThat(result.lossy).as("%s", result).isGreaterThan(result.cuts / 10);
    }

    private static List<Step> saying(List<Step> steps, String... kinds) {
        return steps.stream()
                .filter(step -> !(step instanceof Step.Said said)
                        || List.of(kinds).contains(said.word().split(" ")[0]))
                .toList();
    }

    /** The same process on a disk that takes no heed of the journal's syncs. */
    private static List<Step> unsynced(List<Step> steps) {
        return steps.stream()
                .filter(step ->
                        !(step instanceof Step.Synced synced && synced.file().equals(WAL)))
                .toList();
    }

    private PowerCuts cuts(String name, List<Step> steps, List<String> queries) throws IOException {
        Path shm = Path.of("/dev/shm"); // thousands of states: in memory where there is such a place
        Path work = Files.isWritable(shm)
                ? Files.createTempDirectory(shm, "dragoman-cuts")
                : Files.createTempDirectory(folder, "cuts");
        work.toFile().deleteOnExit();
        return new PowerCuts(name, steps, queries, work, SEED);
    }

    private Path data(String name) throws IOException {
        return Files.createDirectories(folder.resolve("data-" + name));
    }

    private List<Step> scribe(String name, String synchronous, int events, int checkpoint) throws Exception {
        Path data = data(name);
        return trace(
                name,
                ChildJvm.command(Scribe.class, List.of(), data.resolve("dragoman.db"), synchronous, events, checkpoint),
                name);
    }

    private List<Step> trace(String name, List<String> child, String data) throws IOException, InterruptedException {
        Path trace = folder.resolve("trace-" + name);
        List<String> command = new ArrayList<>(SystemCalls.STRACE);
        command.addAll(List.of("-o", trace.toString()));
        command.addAll(child);
        Path output = folder.resolve("output-" + name);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            System.out.println("NOT TESTED: power cuts, because strace is not installed");
            assumeThat(false).as("strace is installed").isTrue();
            throw e;
        }
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return SystemCalls.read(trace, data(data));
    }
}
