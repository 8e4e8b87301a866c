// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dragoman.store.Scribe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls that fail: nothing is acknowledged that is not there after a restart; a process whose commit failed ends
 * with 70, and one that could do its work has done all of it.
 */
final class SystemFaultTest {
    private static final int POSITIONS = Integer.getInteger("dragoman.system.positions", 1);
    private static final String SYNCS = "fsync,fdatasync";
    private static final String WRITES = "pwrite64";
    private static final int EVENTS = 25;
    private static final int ALL = 3 * EVENTS;

    @TempDir
    private Path folder;

    private int begun;

    @BeforeAll
    static void needsStrace() throws IOException, InterruptedException {
        Archive.made().train();
        try {
            new ProcessBuilder("strace", "-V")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            System.out.println("NOT TESTED: failing system calls, because strace is not installed");
            assumeThat(false).as("strace is installed").isTrue();
        }
    }

    /** A program that works on a store, and the files of a store that it made before. */
    private record Program(Class<?> main, Path made, Object[] none, Object[] load) {
        /** Makes the store once, unharmed. */
        static Program of(Class<?> main, Path made, Object[] none, Object[] load) throws Exception {
            Injection.count("fsync,fdatasync", main, made, none);
            return new Program(main, made, none, load);
        }

        Calls calls(String names, Path folder) throws Exception {
            String name = folder.resolve(main.getSimpleName() + '-' + names).toString();
            Path made = copy(Path.of(name + "-made"));
            int start = Injection.count(names, main, Path.of(name), none);
            int quiet = Injection.count(names, main, made, none);
            return new Calls(start, quiet, Injection.count(names, main, made, load));
        }

        Path copy(Path into) throws IOException {
            Files.createDirectories(into);
            for (String file : Injection.FILES) {
                if (Files.exists(made.resolve(file))) {
                    Files.copy(made.resolve(file), into.resolve(file));
                }
            }
            return into;
        }
    }

    /**
     * How many calls the busiest thread makes: when the store is made, most of which are the migrations'; in a start on a
     * made one; and in such a start with work. The work's differ from run to run, for what waits together shares a
     * commit: its second half may be missing.
     */
    private record Calls(int making, int start, int work) {
        /** So many harms, the first third while the store is made and the others in the work. */
        Stream<Injection> each(int count, String names, String harm) {
            int before = count / 3;
            int first = making / 3;
            return IntStream.range(0, count)
                    .mapToObj(i -> i < before
                            ? new Injection(names, harm.formatted(first + (making - first) * i / before), false)
                            : inWork(names, harm, 50 * (i - before) / Math.max(1, count - before - 1)));
        }

        /** One harm after a part of the work, in hundredths. */
        Injection inWork(String names, String harm, int percent) {
            return new Injection(names, harm.formatted(start + 1 + (work - start) * percent / 100), true);
        }
    }

    /** Harms that a write can meet, in the migrations and the load, that no program can survive. */
    private static Stream<Injection> fatal(Calls syncs, Calls writes) {
        return Stream.of(
                        syncs.each(POSITIONS, SYNCS, "error=EIO:when=%d"),
                        writes.each(POSITIONS, WRITES, "error=EIO:when=%d"),
                        writes.each(POSITIONS, WRITES, "error=ENOSPC:when=%d+"),
                        // strace cannot write half: it can say that nothing was written, which is what a short write
                        // ends in
                        writes.each(POSITIONS * 2 / 3, WRITES, "retval=0:when=%d"))
                .flatMap(harms -> harms);
    }

    /** Harms that only delay, or that the database tries again. */
    private static Stream<Injection> survived(Calls syncs, Calls writes) {
        return Stream.concat(
                writes.each(POSITIONS * 2 / 3, WRITES, "error=EINTR:when=%d"),
                Stream.of(
                        syncs.inWork(SYNCS, "delay_enter=50000:when=%d+", 10),
                        syncs.inWork(SYNCS, "delay_enter=2000000:when=%d+30", 20),
                        syncs.inWork(SYNCS, "error=EINTR:when=%d", 30),
                        new Injection("ftruncate", "error=EIO:when=1", true)));
    }

    @Test
    void nothingIsAcknowledgedThatARestartDoesNotFind() throws Exception {
        Program writer =
                Program.of(Scribe.class, folder.resolve("writer"), new Object[] {"FULL", 0, 1000}, new Object[] {
                    "FULL", EVENTS, 1000
                });
        Calls syncs = writer.calls(SYNCS, folder);
        Calls writes = writer.calls(WRITES, folder);
        List<Injection.Outcome> ended = each(writer, fatal(syncs, writes), "ack ");
        List<Injection.Outcome> others = each(writer, survived(syncs, writes), "ack ");
        judge("the writer", Stream.concat(ended.stream(), others.stream()).toList(), ALL);
        assertThat(ended.stream().filter(one -> one.injection().made()))
                .as("commits that failed")
                .hasSizeGreaterThanOrEqualTo(POSITIONS)
                .allMatch(one -> one.exit() == 70, "ends with 70");
    }

    @Test
    void wholeGatewayEndsWith70AndAnswersNothingThatIsNotKept() throws Exception {
        Program gateway = Program.of(Chronicle.class, folder.resolve("gateway"), new Object[] {0}, new Object[] {20});
        Calls syncs = gateway.calls(SYNCS, folder);
        Calls writes = gateway.calls(WRITES, folder);
        Stream<Injection> injections = Stream.of(
                syncs.inWork(SYNCS, "error=EIO:when=%d", 20),
                writes.inWork(WRITES, "error=EIO:when=%d", 10),
                writes.inWork(WRITES, "error=ENOSPC:when=%d+", 30),
                syncs.inWork(SYNCS, "delay_enter=20000:when=%d+", 15));
        List<Injection.Outcome> outcomes = each(gateway, injections, "ack accepted ");
        judge("the gateway", outcomes, 6 * 20);
        assertThat(outcomes.subList(0, 3)).allMatch(one -> one.exit() == 70, "ends with 70");
    }

    private List<Injection.Outcome> each(Program program, Stream<Injection> injections, String word) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Injection.Outcome>> runs = new ArrayList<>();
            for (Injection injection : injections.toList()) {
                Path data = folder.resolve("run" + begun++);
                if (injection.made()) {
                    program.copy(data);
                }
                runs.add(threads.submit(
                        () -> injection.on(program.main(), data, word, "SELECT key FROM event", program.load())));
            }
            List<Injection.Outcome> outcomes = new ArrayList<>();
            for (Future<Injection.Outcome> one : runs) {
                outcomes.add(one.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void judge(String who, List<Injection.Outcome> outcomes, int all) {
        List<Injection.Outcome> wrong = outcomes.stream()
                .filter(one -> !one.lost().isEmpty()
                        || !one.trouble().isEmpty()
                        || !(one.committed(all) || one.exit() == 70 || (one.acknowledged() == 0 && one.exit() == 1)))
                .toList();
        System.out.printf(
                "system calls, %s: %d positions, %d ended with 70, %d went on to the end, %d did not start,"
                        + " %d acknowledged in all, lost %d, wrong %s%n",
                who,
                outcomes.size(),
                outcomes.stream().filter(one -> one.exit() == 70).count(),
                outcomes.stream().filter(one -> one.exit() == 0).count(),
                outcomes.stream().filter(one -> one.exit() == 1).count(),
                outcomes.stream().mapToInt(Injection.Outcome::acknowledged).sum(),
                outcomes.stream().mapToInt(one -> one.lost().size()).sum(),
                wrong);
        assertThat(wrong).isEmpty();
    }
}
