// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Kills} of a gateway on PostgreSQL. More with {@code -Ddragoman.kill.postgres.cycles}. */
final class PostgresKillTest {
    private static final List<String> FAIL_POINTS = Kills.places(
            "dragoman.kill.postgres.places", "acknowledge.before:20 clock.Outbox.claim:20 clock.Settle.process:20");

    @TempDir
    private Path home;

    @Test
    void everythingAcknowledgedArrivesOnceAndInOrderThroughKills() throws Exception {
        try (TestStore store = TestStore.postgres(home)) {
            new Kills(
                            Integer.getInteger("dragoman.kill.postgres.cycles", 2),
                            Long.getLong("dragoman.kill.postgres.messages", 400),
                            FAIL_POINTS,
                            Long.getLong("dragoman.kill.seed", System.nanoTime()))
                    .run(home, store.url().toString(), store.jdbc());
        }
    }
}
