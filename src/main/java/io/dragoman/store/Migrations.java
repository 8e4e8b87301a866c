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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a store to this program's tables: one SQL text, in which only the names of a few types differ. A migration only adds,
 * so that programs of the version before go on beside it; one that takes away what they no longer need is named
 * {@code contract_since_<version>_…}, after the first version that can do without.
 */
final class Migrations {
    /** The last of the files. */
    static final String NEWEST = "V37__retention.sql";

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final Pattern CONTRACT = Pattern.compile("contract since (\\d+) (.+)");
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
            Flyway flyway = Flyway.configure(own) // looks into no jar but this program's own for each of the files
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
                    .ignoreMigrationPatterns("*:future") // looked at here
                    .load();
            demandBearable(flyway.info().all());
            flyway.migrate();
        } catch (FlywayException e) {
            String found = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new StoreException.Unusable(
                    "the store cannot be brought to this program's version. " + hint + " (" + found + ")");
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

    /** Looks at what newer programs did to the store. */
    private static void demandBearable(MigrationInfo[] migrations) {
        int known = 0;
        int newest = 0;
        for (MigrationInfo one : migrations) {
            int version = version(one);
            newest = one.getState().isApplied() ? Math.max(newest, version) : newest;
            known = one.getState().isResolved() ? Math.max(known, version) : known;
        }
        for (MigrationInfo one : migrations) {
            Matcher contract = CONTRACT.matcher(String.valueOf(one.getDescription()));
            boolean foreign = one.getState().isApplied() && !one.getState().isResolved();
            if (foreign && contract.matches() && Integer.parseInt(contract.group(1)) > known) {
                throw new StoreException.Unusable("the store was brought to version " + newest
                        + " by a newer program, which"
                        + " took away what this one, of store version " + known + ", needs (" + version(one) + ": "
                        + contract.group(2)
                        + "). Start the newer program, or restore the back-up of before the upgrade.");
            }
        }
        if (newest > known) {
            LOG.warn(
                    "the store was brought to version {} by a newer program. This one, of store version {}, works on it, as"
                            + " all that came since only adds; what is new stays unused here. Upgrade it soon.",
                    newest,
                    known);
        }
    }

    private static int version(MigrationInfo migration) {
        return migration.getVersion() == null
                ? 0
                : migration.getVersion().getMajor().intValue();
    }

    /** Where this program's classes and files are. */
    private static URL home() {
        return Objects.requireNonNull(
                        Migrations.class.getProtectionDomain().getCodeSource(), "classes of a jar or folder have one")
                .getLocation();
    }
}
