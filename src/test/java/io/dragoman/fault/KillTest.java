// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link Kills} of a gateway on SQLite: each time at some of the named places, drawn by the seed, for each costs a start.
 * More with {@code -Ddragoman.kill.cycles} and {@code -Ddragoman.kill.drawn}.
 */
final class KillTest {
    private static final List<String> FAIL_POINTS = Kills.places("dragoman.kill.places", """
            read.before:40 acknowledge.before:40 rules.before:40 clock.Commit.process:40 clock.CommitMessage.apply:40
            clock.Outbox.claim:30 deliver.before:40 deliver.after:40 clock.Settle.process:40 clock.Settle.settle:5
            send.before:10 send.after:10 fetch.before:2 fetch.after:2""");

    private static final long SEED = Long.getLong("dragoman.kill.seed", System.nanoTime());

    @TempDir
    private Path home;

    @Test
    void everythingAcknowledgedArrivesOnceAndInOrderThroughKills() throws Exception {
        List<String> drawn = new ArrayList<>(FAIL_POINTS);
        Collections.shuffle(drawn, new Random(SEED));
        int most = Math.min(drawn.size(), Integer.getInteger("dragoman.kill.drawn", 4));
        new Kills(
                        Integer.getInteger("dragoman.kill.cycles", 3),
                        Long.getLong("dragoman.kill.messages", 1_000),
                        drawn.subList(0, most),
                        SEED)
                .run(home, "sqlite:data/dragoman.db", StoreFacts.sqlite(home.resolve("data/dragoman.db")));
    }
}
