// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kept input, through its parser: it is read or refused as declared, soon, and what comes out is in proportion.
 * {@link Fuzzing} finds new ones.
 */
final class CorpusTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int LEAST = 3_000;

    private static final ExecutorService ASIDE = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(null, run, "fuzz", 512 * 1024);
        thread.setDaemon(true);
        return thread;
    });

    static Set<String> targets() {
        return Targets.ALL.keySet();
    }

    @AfterAll
    static void stop() {
        ASIDE.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyKeptInputIsReadOrRefused(String name) throws Exception {
        Map<String, byte[]> inputs = Corpus.read(name);
        assertThat(inputs).as("inputs kept for " + name).hasSizeGreaterThanOrEqualTo(40);
        Target target = Targets.ALL.get(name);
        List<String> failures = new ArrayList<>();
        long slowest = 0;
        long started = System.nanoTime();
        for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
            long begun = System.nanoTime();
            String failure = run(target, input.getValue());
            slowest = Math.max(slowest, System.nanoTime() - begun);
            if (failure != null) {
                failures.add(input.getKey() + ": " + failure);
            }
        }
        System.out.printf(
                "fuzz %-16s %4d inputs, %6.2f s, slowest %4d ms%n",
                name, inputs.size(), (System.nanoTime() - started) / 1e9, slowest / 1_000_000);
        assertThat(failures).isEmpty();
    }

    @Test
    void corpusIsLargeEnough() throws Exception {
        int all = 0;
        for (String name : Targets.ALL.keySet()) {
            all += Corpus.read(name).size();
        }
        System.out.printf("fuzz: %d inputs for %d targets%n", all, Targets.ALL.size());
        assertThat(all).isGreaterThanOrEqualTo(LEAST);
    }

    private static String run(Target target, byte[] input) throws InterruptedException {
        try {
            ASIDE.submit(() -> {
                        target.run(input);
                        return null;
                    })
                    .get(SOON.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (TimeoutException e) {
            return "takes longer than " + SOON.toSeconds() + " s";
        } catch (ExecutionException e) {
            java.io.StringWriter trace = new java.io.StringWriter();
            e.getCause().printStackTrace(new java.io.PrintWriter(trace));
            return trace.toString().lines().limit(14).reduce("", (all, line) -> all + "\n" + line);
        }
    }
}
