// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Purpose;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Consents.Stated;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of the version before consents were kept: who opted out then must not be written to after the upgrade. */
final class ConsentUpgradeTest {
    private static final long AT = 1_700_000_000_000L;

    private static final Map<String, String> SQLITE = Map.of(
            "serial",
            "INTEGER PRIMARY KEY",
            "listed",
            "",
            "big",
            "INTEGER",
            "blob",
            "BLOB",
            "strict",
            "STRICT",
            "auditOnlyGrows",
            "SELECT 1;",
            "statesKept",
            "SELECT 1;",
            "clustered",
            "WITHOUT ROWID, STRICT");
    private static final Map<String, String> POSTGRES = Map.of(
            "serial",
            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "listed",
            "",
            "big",
            "BIGINT",
            "blob",
            "BYTEA",
            "strict",
            "",
            "auditOnlyGrows",
            "SELECT 1;",
            "statesKept",
            "SELECT 1;",
            "clustered",
            "");

    @Test
    void whoOptedOutBeforeShouldStillBeOut(@TempDir Path folder) throws Exception {
        try (TestStore test = TestStore.sqlite(folder)) {
            upgrade(test, SQLITE);
        }
    }

    @Test
    void theSameOnPostgres(@TempDir Path folder) throws Exception {
        try (TestStore test = TestStore.postgres(folder)) {
            try (Connection connection = test.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA public CASCADE"); // it has the tables of this version
                statement.execute("CREATE SCHEMA public");
            }
            upgrade(test, POSTGRES);
        }
    }

    private static void upgrade(TestStore test, Map<String, String> words) throws SQLException {
        before(test, words);
        try (Store store = test.open(failure -> {})) {
            List<Stated> said = store.read(tx -> tx.consents().history("ana", Long.MAX_VALUE, 10));
            assertThat(said)
                    .containsExactly(new Stated(
                            "sms",
                            Purpose.SERVICE,
                            false,
                            Instant.ofEpochMilli(AT),
                            Source.CHANNEL,
                            "opted out before consents were kept by purpose"));
            assertThat(store.<Boolean>read(tx -> tx.contacts().optedOut("sms", "ana")))
                    .isTrue();
            assertThat(store.<Boolean>read(tx -> tx.contacts().optedOut("shop", "ana")))
                    .as("on the other channel they did not")
                    .isFalse();
            assertThat(store.<List<Stated>>read(tx -> tx.consents().history("ben", Long.MAX_VALUE, 10)))
                    .isEmpty();
        }
    }

    /** With the tables of the earlier version, as its program made them; what its triggers do does not matter here. */
    private static void before(TestStore test, Map<String, String> words) throws SQLException {
        Flyway.configure()
                .dataSource(test.jdbc(), null, null)
                .locations("classpath:db/migration")
                .target("27")
                .placeholders(words)
                .group(true)
                .load()
                .migrate();
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            for (String contact : List.of("ana", "ben")) {
                statement.executeUpdate(
                        "INSERT INTO contact(id,tags,created_at) VALUES('" + contact + "','[]'," + AT + ")");
            }
            statement.executeUpdate(
                    "INSERT INTO identity(channel,type,value,contact,verified,place,opted_out_at) VALUES"
                            + "('sms','phone','+4915112345678','ana',1,0," + AT + "),"
                            + "('shop','test','ana','ana',1,0,NULL),"
                            + "('sms','phone','+4915199999999','ben',1,0,NULL)");
        }
    }
}
