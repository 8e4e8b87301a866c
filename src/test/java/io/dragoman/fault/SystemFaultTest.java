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
    private static final int POSITIONS = Integer.getInteger("dragoman.system.positions", 6);
    private static final int EVENTS = 15;
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

    /** Harms that a write can meet, at many positions from the first of the migration to the last of the load. */
    private static List<Injection> injections() {
        int few = POSITIONS * 2 / 3;
        Stream<Injection> syncs =
                positions(POSITIONS, 2, 27).map(n -> new Injection("fsync,fdatasync", "error=EIO:when=" + n));
        Stream<Injection> writes =
                positions(POSITIONS, 150, 425).map(n -> new Injection("pwrite64", "error=EIO:when=" + n));
        Stream<Injection> full =
                positions(POSITIONS, 140, 415).map(n -> new Injection("pwrite64", "error=ENOSPC:when=" + n + "+"));
        // strace cannot write half: it can say that nothing was written, which is what a short write ends in
        Stream<Injection> shorts = positions(few, 11, 400).map(n -> new Injection("pwrite64", "retval=0:when=" + n));
        Stream<Injection> interrupted =
                positions(few, 7, 400).map(n -> new Injection("pwrite64", "error=EINTR:when=" + n));
        Stream<Injection> slow = Stream.of(
                new Injection("fsync,fdatasync", "delay_enter=50000:when=12+"),
                new Injection("fsync,fdatasync", "delay_enter=2000000:when=15+30"),
                new Injection("fsync,fdatasync", "error=EINTR:when=20"),
                new Injection("ftruncate", "error=EIO:when=1"));
        return Stream.of(syncs, writes, full, shorts, interrupted, slow)
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<Integer> positions(int count, int first, int last) {
        return IntStream.range(0, count).mapToObj(i -> first + i * (last - first) / (count - 1));
    }

    @Test
    void nothingIsAcknowledgedThatARestartDoesNotFind() throws Exception {
        List<Injection.Outcome> outcomes = each(
                injections(),
                (injection, data) ->
                        injection.on(Scribe.class, data, "ack ", "SELECT key FROM event", "FULL", EVENTS, 1000));
        judge("the writer", outcomes, ALL);
        assertThat(outcomes.stream().filter(one -> one.exit() == 70))
                .as("commits that failed")
                .hasSizeGreaterThan(POSITIONS);
    }

    @Test
    void wholeGatewayEndsWith70AndAnswersNothingThatIsNotKept() throws Exception {
        List<Injection> injections = List.of(
                new Injection("fsync,fdatasync", "error=EIO:when=45"),
                new Injection("pwrite64", "error=EIO:when=500"),
                new Injection("pwrite64", "error=ENOSPC:when=600+"),
                new Injection("fsync,fdatasync", "delay_enter=20000:when=40+"));
        List<Injection.Outcome> outcomes = each(
                injections,
                (injection, data) -> injection.on(Chronicle.class, data, "ack accepted ", "SELECT key FROM event", 20));
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
