// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a store to this program's tables: one SQL text, in which only the names of a few types differ. */
final class Migrations {
    /** The last of the files. */
    static final String NEWEST = "V33__waiting_pieces.sql";

    /** What a list of conversations is filtered by. */
    private static final String LISTED = ", channel, status, kind, team, assignee, contact, address, tags";

    private Migrations() {}

    /**
     * Runs what has not run yet.
     *
     * @param auditOnlyGrows statements by which the database refuses to change or remove a line of the audit log
     * @param statesKept statements by which the database notes each change of a conversation's status
     * @param hint what else the operator may look at when it fails
     */
    static void run(
            DataSource source,
            String big,
            String blob,
            String strict,
            String auditOnlyGrows,
            String statesKept,
            String hint) {
        if (isLast(source, NEWEST)) {
            return; // Flyway takes a tenth of a start to find that out
        }
        try (URLClassLoader own = new URLClassLoader(new URL[] {home()}, null)) {
            Flyway.configure(own) // looks into no jar but this program's own for each of the files
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .placeholders(Map.of(
                            "serial",
                            strict.isEmpty()
                                    ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
                                    : "INTEGER PRIMARY KEY",
                            "listed",
                            strict.isEmpty() ? "" : LISTED,
                            "big",
                            big,
                            "blob",
                            blob,
                            "strict",
                            strict,
                            "auditOnlyGrows",
                            auditOnlyGrows,
                            "statesKept",
                            statesKept,
                            "clustered",
                            strict.isEmpty() ? "" : "WITHOUT ROWID, " + strict))
                    .group(true) // all or nothing, and one sync instead of one for each
                    .ignoreMigrationPatterns("") // a store that a newer program changed is not ours to use
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            String found = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new StoreException.Unusable("the store cannot be brought to this program's version. Was it used by a"
                    + " newer one? " + hint + " (" + found + ")");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this file was the last that Flyway ran; false also where it has to look closer. */
    private static boolean isLast(DataSource source, String file) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT script, success FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1")) {
            return rows.next() && file.equals(rows.getString(1)) && rows.getBoolean(2);
        } catch (SQLException e) {
            return false; // there is no such table yet, or Flyway says what is wrong
        }
    }

    /** Where this program's classes and files are. */
    private static URL home() {
        return Objects.requireNonNull(
                        Migrations.class.getProtectionDomain().getCodeSource(), "classes of a jar or folder have one")
                .getLocation();
    }
}
