// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.store.PostgresServer;
import io.dragoman.store.StoreUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants in one PostgreSQL database, each in a schema of its own with a user who has no other. */
final class PostgresTenantsTest {
    private static final List<String> NAMES = List.of("acme", "my-shop");

    @Test
    @DisplayName("in one database, each in its own schema, they see and change nothing of one another")
    void schemasShouldBeApart(@TempDir Path top, @TempDir Path data) throws Exception {
        StoreUrl.Postgres server =
                (StoreUrl.Postgres) PostgresServer.shared().database(data).url();
        String place =
                "127.0.0.1:" + server.address().getPort() + server.address().getPath();
        String admin = "jdbc:postgresql://" + place + "?user=postgres&password=postgres";
        sql(admin, "DROP SCHEMA public CASCADE"); // nothing may fall back to it
        TenantFolders test = new TenantFolders(top, "");
        for (String name : NAMES) {
            String schema = name.replace('-', '_');
            sql(admin, "CREATE USER " + schema + "_user PASSWORD '" + schema + "'");
            sql(admin, "CREATE SCHEMA " + schema + " AUTHORIZATION " + schema + "_user");
            test.add(
                    name,
                    "store: {url: \"postgresql://" + schema + "_user@" + place + "?currentSchema=" + schema
                            + "\", password: \"" + schema + "\"}\n");
        }
        try (test) {
            test.start();
            for (String name : NAMES) {
                assertThat(test.written(name, "m1", "+995555", "hello " + name))
                        .as(name)
                        .isEqualTo(200);
                TestGateway.await(
                        "the desk of " + name, () -> test.desks.get(name).sent.size() == 1);
            }
            for (String name : NAMES) {
                String schema = name.replace('-', '_');
                String other = schema.equals("acme") ? "my_shop" : "acme";
                assertThat(rows(admin, "SELECT parts FROM " + schema + ".message"))
                        .hasSize(1)
                        .allSatisfy(text -> assertThat(text).contains("hello " + name));
                assertThat(test.get(name, "conversations").path("conversations"))
                        .hasSize(1);
                assertThat(test.desks.get(name).sent).hasSize(1);
                String own = "jdbc:postgresql://" + place + "?user=" + schema + "_user&password=" + schema;
                assertThat(refusal(own, "SELECT count(*) FROM " + other + ".message"))
                        .isEqualTo("42501");
            }
            assertThat(rows(admin, "SELECT count(*) FROM pg_tables WHERE schemaname = 'acme'"))
                    .isEqualTo(rows(admin, "SELECT count(*) FROM pg_tables WHERE schemaname = 'my_shop'"))
                    .doesNotContain("0");
        }
    }

    private static void sql(String url, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static String refusal(String url, String query) {
        try {
            rows(url, query);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static List<String> rows(String url, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
