// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What a program of a later version does to a store: a migration that this one has no file of. */
public final class NewerProgram {
    private NewerProgram() {}

    /**
     * Migrates.
     *
     * @param name of the file, without its version
     */
    public static void migrates(TestStore store, int version, String name, String sql) throws SQLException {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("INSERT INTO flyway_schema_history(installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success) SELECT MAX(installed_rank)+1, '" + version
                    + "', '"
                    + name.replace('_', ' ') + "', 'SQL', 'V" + version + "__" + name + ".sql', 17, 'later', 1, "
                    + (store.url() instanceof StoreUrl.Sqlite ? "1" : "true") + " FROM flyway_schema_history");
        }
    }
}
