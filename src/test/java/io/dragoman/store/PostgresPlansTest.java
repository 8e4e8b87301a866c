// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL makes of the writer's statements in a database that was empty when it planned them. */
final class PostgresPlansTest {
    private static final int MESSAGES = 900;
    private static final String UPDATED = "SELECT sum(n_tup_upd) FROM pg_stat_user_tables WHERE relname='delivery'";
    private static final String LOOKED_AT =
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables"
                    + " WHERE relname IN('event', 'delivery')";

    @Test
    @DisplayName("a message costs no more rows where many came before it")
    void journeyShouldReadItsOwnRowsAlone(@TempDir Path folder) throws Exception {
        try (TestStore test = TestStore.postgres(folder);
                Connection connection = test.connect()) {
            messages(test); // when the store's connections end, they tell what they looked at
            TestGateway.await("the figures", () -> number(connection, UPDATED) >= 2 * MESSAGES);
            assertThat(number(connection, LOOKED_AT)).isBetween(2L * MESSAGES, 20L * MESSAGES);
        }
    }

    private static void messages(TestStore test) {
        try (Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.contacts()
                        .insert(
                                "shop",
                                new Contact("k", null, null, List.of(new Identity("test", "a", true)), List.of()),
                                1);
                tx.conversations()
                        .insert(new ConversationBuilder("c1", "shop", "test", "k", "a", Instant.EPOCH).build(), "t");
                return true;
            });
            new LayoutJourney(store, List.of("c1")).run(MESSAGES);
        }
    }

    private static long number(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
