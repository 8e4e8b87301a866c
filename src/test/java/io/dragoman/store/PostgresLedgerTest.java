// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger of a day with more events than PostgreSQL keeps in the memory of one step. */
final class PostgresLedgerTest {
    private static final int EVENTS = 20_000;

    @Test
    @DisplayName("the events are read once, not once for each request")
    void eventsShouldBeReadOnce(@TempDir Path folder) throws Exception {
        try (TestStore test = TestStore.postgres(folder);
                Store store = test.open(failure -> {});
                Connection connection = test.connect()) {
            fill(connection);
            List<Ledger.Hour> hours = store.read(tx -> tx.ledger().since(Instant.EPOCH));
            assertThat(hours).singleElement().satisfies(hour -> assertThat(
                            List.of(hour.accepted(), hour.done(), hour.difference()))
                    .containsExactly(EVENTS + 1L, (long) EVENTS, 1L));
            assertThat(plan(connection))
                    .isNotEmpty()
                    .noneMatch(step -> step.contains("SubPlan") && !step.contains("hashed"));
        }
    }

    /** One request has no event. */
    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET work_mem='64kB'");
            statement.execute("INSERT INTO raw(id,source,origin,method,path,query,headers,body_sha256,received_at)"
                    + " SELECT 'r'||n,'shop','webhook','POST','/','','{}','',7 FROM generate_series(0," + EVENTS
                    + ") n");
            statement.execute("INSERT INTO event(id,source,key,raw,lane,seq,type,content,received_at,state)"
                    + " SELECT 'e'||n,'shop',n,'r'||n,'l'||n,1,'message.received','{}',7,'DONE'"
                    + " FROM generate_series(1," + EVENTS + ") n");
            statement.execute("ANALYZE");
        }
    }

    private static List<String> plan(Connection connection) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + Ledger.HOURS)) {
            Object[] values = Ledger.values("", 0);
            for (int i = 0; i < values.length; i++) {
                explain.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    steps.add(rows.getString(1));
                }
            }
        }
        return steps;
    }
}
