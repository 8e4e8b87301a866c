// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dragoman.store.Scribe;
import java.io.IOException;
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
    private static final int POSITIONS = Integer.getInteger("dragoman.system.positions", 4);
    private static final int EVENTS = 25;
    private static final int ALL = 3 * EVENTS;

    @TempDir
    private Path folder;

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

    /**
     * How many calls a program makes: those of its start, most of which are the migrations', and those of its work. The
     * work's differ a little from run to run, for what waits together shares a commit.
     */
    private record Calls(int start, int all) {
        static Calls of(String names, Class<?> main, Path folder, Object[] none, Object[] arguments) throws Exception {
            return new Calls(
                    Injection.count(names, main, folder.resolve(names + "-start"), none),
                    Injection.count(names, main, folder.resolve(names + "-all"), arguments));
        }

        /** So many positions, the first half in the start and the others in the work, but at its end. */
        IntStream positions(int count) {
            int first = start / 3;
            int last = start + (all - start) * 3 / 4;
            int before = count / 3;
            return IntStream.range(0, count)
                    .map(i -> i < before
                            ? first + (start - first) * i / before
                            : start + 1 + (last - start - 1) * (i - before) / Math.max(1, count - before - 1));
        }

        /** A part of the work, in hundredths. */
        int work(int percent) {
            return start + (all - start) * percent / 100;
        }
    }

    /** Harms that a write can meet, in the migrations and the load. */
    private static List<Injection> injections(Calls syncs, Calls writes) {
        int few = POSITIONS * 2 / 3;
        Stream<Injection> each = Stream.of(
                        at(syncs.positions(POSITIONS), "fsync,fdatasync", "error=EIO:when=%d"),
                        at(writes.positions(POSITIONS), "pwrite64", "error=EIO:when=%d"),
                        at(writes.positions(POSITIONS), "pwrite64", "error=ENOSPC:when=%d+"),
                        // strace cannot write half: it can say that nothing was written, which is what a short write
                        // ends in
                        at(writes.positions(few), "pwrite64", "retval=0:when=%d"),
                        at(writes.positions(few), "pwrite64", "error=EINTR:when=%d"))
                .flatMap(harms -> harms);
        Stream<Injection> slow = Stream.of(
                new Injection("fsync,fdatasync", "delay_enter=50000:when=" + syncs.work(10) + "+"),
                new Injection("fsync,fdatasync", "delay_enter=2000000:when=" + syncs.work(20) + "+30"),
                new Injection("fsync,fdatasync", "error=EINTR:when=" + syncs.work(30)),
                new Injection("ftruncate", "error=EIO:when=1"));
        return Stream.concat(each, slow).toList();
    }

    private static Stream<Injection> at(IntStream positions, String calls, String harm) {
        return positions.mapToObj(n -> new Injection(calls, harm.formatted(n)));
    }

    @Test
    void nothingIsAcknowledgedThatARestartDoesNotFind() throws Exception {
        Object[] none = {"FULL", 0, 1000};
        Object[] load = {"FULL", EVENTS, 1000};
        List<Injection.Outcome> outcomes = each(
                injections(
                        Calls.of("fsync,fdatasync", Scribe.class, folder, none, load),
                        Calls.of("pwrite64", Scribe.class, folder, none, load)),
                (injection, data) -> injection.on(Scribe.class, data, "ack ", "SELECT key FROM event", load));
        judge("the writer", outcomes, ALL);
        assertThat(outcomes.stream().filter(one -> one.exit() == 70))
                .as("commits that failed")
                .hasSizeGreaterThan(POSITIONS);
    }

    @Test
    void wholeGatewayEndsWith70AndAnswersNothingThatIsNotKept() throws Exception {
        Object[] none = {0};
        Object[] load = {20};
        Calls syncs = Calls.of("fsync,fdatasync", Chronicle.class, folder, none, load);
        Calls writes = Calls.of("pwrite64", Chronicle.class, folder, none, load);
        List<Injection> injections = List.of(
                new Injection("fsync,fdatasync", "error=EIO:when=" + syncs.work(20)),
                new Injection("pwrite64", "error=EIO:when=" + writes.work(10)),
                new Injection("pwrite64", "error=ENOSPC:when=" + writes.work(30) + "+"),
                new Injection("fsync,fdatasync", "delay_enter=20000:when=" + syncs.work(15) + "+"));
        List<Injection.Outcome> outcomes = each(
                injections,
                (injection, data) ->
                        injection.on(Chronicle.class, data, "ack accepted ", "SELECT key FROM event", load));
        judge("the gateway", outcomes, 6 * 20);
        assertThat(outcomes.subList(0, 3)).allMatch(one -> one.exit() == 70, "ends with 70");
    }

    /** One run under an injection. */
    @FunctionalInterface
    private interface Run {
        Injection.Outcome of(Injection injection, Path data) throws Exception;
    }

    private List<Injection.Outcome> each(List<Injection> injections, Run run) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Injection.Outcome>> runs = new ArrayList<>();
            for (Injection injection : injections) {
                Path data = folder.resolve("run" + runs.size());
                runs.add(threads.submit(() -> run.of(injection, data)));
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
