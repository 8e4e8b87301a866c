// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dragoman.store.Events.State;
import io.dragoman.store.SimulatedInbox.Figure;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of an inbox, each from a seed: arrivals, repetitions, claims, ends, failures, crashes, zombies and a
 * clock that jumps. More of them with {@code -Ddragoman.lanes.seeds}, a single one with {@code -Ddragoman.lanes.seed}.
 */
final class LanesSimulationTest {
    private static final int SEEDS = Integer.getInteger("dragoman.lanes.seeds", 300);
    private static final int STEPS = 80;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostDoubledOrMisorderedWhateverHappensInBetween() {
        Map<Figure, Integer> seen = new EnumMap<>(Figure.class);
        Long only = Long.getLong("dragoman.lanes.seed");
        try (Rehearsal store = new Rehearsal(folder.resolve("dragoman.db"))) {
            for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
                store.begin();
                SimulatedInbox inbox = new SimulatedInbox(store, new Random(seed), seen);
                assertThatCode(() -> live(inbox)).as("seed %d", seed).doesNotThrowAnyException();
                store.forget();
            }
        }
        System.out.println("lanes: " + SEEDS + " seeds, " + seen);
        if (only == null) {
            assertThat(seen).as("everything that can happen did").containsOnlyKeys(Figure.values());
        }
    }

    private static void live(SimulatedInbox inbox) {
        for (int step = 0; step < STEPS; step++) {
            inbox.step();
        }
        inbox.calmDown();
        assertThat(inbox.count(State.NEW)).as("left open").isZero();
        inbox.check();
    }
}
