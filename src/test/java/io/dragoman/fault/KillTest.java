// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Kills} of a gateway on SQLite. More with {@code -Ddragoman.kill.cycles}. */
final class KillTest {
    private static final List<String> FAIL_POINTS = Kills.places("dragoman.kill.places", """
            read.before:40 acknowledge.before:40 rules.before:40 clock.Commit.process:40 clock.CommitMessage.apply:40
            clock.Outbox.claim:30 deliver.before:40 deliver.after:40 clock.Settle.process:40 clock.Settle.settle:5
            send.before:10 send.after:10 fetch.before:2 fetch.after:2""");

    @TempDir
    private Path home;

    @Test
    void everythingAcknowledgedArrivesOnceAndInOrderThroughKills() throws Exception {
        new Kills(
                        Integer.getInteger("dragoman.kill.cycles", 6),
                        Long.getLong("dragoman.kill.messages", 2_000),
                        FAIL_POINTS,
                        Long.getLong("dragoman.kill.seed", System.nanoTime()))
                .run(home, "sqlite:data/dragoman.db", StoreFacts.sqlite(home.resolve("data/dragoman.db")));
    }
}
