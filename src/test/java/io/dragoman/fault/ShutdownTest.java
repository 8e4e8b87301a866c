// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.cli.Dragoman;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under full load: over in ten seconds, no attempt left open, nothing lost or doubled, not even an answer. */
final class ShutdownTest {
    private static final int TIMES = Integer.getInteger("dragoman.shutdown.times", 1);
    /** What the JVM ends with after a SIGTERM, however orderly. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path home;

    @Test
    void sigtermUnderLoadEndsInTimeAndLeavesNothingOpen() throws Exception {
        try (OutsideProcess outside = new OutsideProcess(home, "sqlite:data/dragoman.db", 1)) {
            Archive.made().train();
            outside.write();
            long longest = 0;
            for (int i = 0; i < TIMES; i++) {
                longest = Math.max(longest, stopUnderLoad(outside));
            }
            try (VictimProcess last = VictimProcess.start(home)) {
                assertThat(last.awaitReady()).isTrue();
                outside.stop();
                Map<String, String> figures = outside.judge(StoreFacts.sqlite(home.resolve("data/dragoman.db")));
                System.out.printf("SIGTERM: %d times, the longest %d ms, %s%n", TIMES, longest, figures);
                Figures.demandZeros(figures);
                // an orderly end interrupts nothing, so nothing is in doubt and nothing is sent again
                assertThat(figures).containsEntry("answers repeated after a doubt", "0");
                assertThat(figures).containsEntry("automatic replies left in doubt", "0");
            }
        }
    }

    @Test
    void theCommandItselfEndsAsSoonAsEverythingIsClosed() throws Exception {
        try (Providers providers = new Providers(new Insistent())) {
            providers.configure(home, "sqlite:data/dragoman.db");
            List<String> command =
                    ChildJvm.command(Dragoman.class, List.of("-DDRAGOMAN_LOG=INFO"), "run", "--home", home);
            Process gateway =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader out = gateway.inputReader(StandardCharsets.UTF_8)) {
                String line = out.readLine();
                while (line != null && !line.contains("listening on")) {
                    line = out.readLine();
                }
                assertThat(line).as("it runs").isNotNull();
                gateway.destroy();
                assertThat(gateway.waitFor(30, TimeUnit.SECONDS))
                        .as("it ends within half a minute, on a machine that is busy with other tests")
                        .isTrue();
                assertThat(gateway.exitValue()).isIn(0, TERMINATED);
            } finally {
                gateway.destroyForcibly();
            }
        }
    }

    private long stopUnderLoad(OutsideProcess outside) throws Exception {
        try (VictimProcess victim = VictimProcess.start(home)) {
            assertThat(victim.awaitReady()).isTrue();
            long before = outside.taken();
            while (outside.taken() < before + 300) {
                LockSupport.parkNanos(20_000_000);
            }
            long begun = System.nanoTime();
            victim.terminate();
            assertThat(victim.ends(10_000)).as("it ends within ten seconds").isTrue();
            assertThat(victim.exitValue()).isIn(0, TERMINATED);
            try (StoreFacts store = StoreFacts.open(StoreFacts.sqlite(home.resolve("data/dragoman.db")))) {
                assertThat(store.openAttempts()).as("attempts left open").isZero();
            }
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        }
    }
}
