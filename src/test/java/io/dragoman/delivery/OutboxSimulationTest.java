// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dragoman.delivery.SimulatedOutbox.Figure;
import io.dragoman.store.Rehearsal;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of an outbox, each from a seed: providers that take, refuse, ask for patience or fall silent, crashes,
 * zombies and a clock that jumps. More with {@code -Ddragoman.outbox.seeds}, one with {@code -Ddragoman.outbox.seed}.
 */
final class OutboxSimulationTest {
    private static final int SEEDS = Integer.getInteger("dragoman.outbox.seeds", 150);
    private static final int STEPS = 120;

    @TempDir
    private Path folder;

    @Test
    void nothingIsSentTwiceOrCalledDeadWithoutBeingSure() {
        Map<Figure, Integer> seen = new EnumMap<>(Figure.class);
        Long only = Long.getLong("dragoman.outbox.seed");
        try (Rehearsal store = new Rehearsal(folder.resolve("dragoman.db"))) {
            for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
                store.begin();
                SimulatedOutbox outbox = new SimulatedOutbox(store, new Random(seed), seen);
                assertThatCode(() -> live(outbox)).as("seed %d", seed).doesNotThrowAnyException();
                store.forget();
            }
        }
        System.out.println("outbox: " + SEEDS + " seeds, " + seen);
        if (only == null) {
            assertThat(seen).as("everything that can happen did").containsOnlyKeys(Figure.values());
        }
    }

    private static void live(SimulatedOutbox outbox) {
        for (int step = 0; step < STEPS; step++) {
            outbox.step();
        }
        outbox.calmDown();
        outbox.check();
    }
}
