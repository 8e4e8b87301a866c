// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link FleetKills} of gateways that share a PostgreSQL. More with {@code -Ddragoman.kill.postgres.cycles}. */
final class PostgresKillTest {
    private static final List<String> FAIL_POINTS =
            Kills.places("dragoman.kill.postgres.places", "acknowledge.before:20 clock.Settle.process:20");

    @TempDir
    private Path home;

    @Test
    void everythingAcknowledgedArrivesOnceAndInOrderThroughKills() throws Exception {
        try (TestStore store = TestStore.postgres(home)) {
            new FleetKills(
                            Integer.getInteger("dragoman.kill.postgres.gateways", 2),
                            Integer.getInteger("dragoman.kill.postgres.cycles", 2),
                            Integer.getInteger("dragoman.kill.postgres.pauses", 0),
                            Long.getLong("dragoman.kill.postgres.messages", 400),
                            FAIL_POINTS,
                            Long.getLong("dragoman.kill.seed", System.nanoTime()))
                    .run(home, store.url().toString(), store.jdbc());
        }
    }
}
