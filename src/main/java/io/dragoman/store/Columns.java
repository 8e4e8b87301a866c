// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row's columns, one after the other in the order in which they were asked for: the driver looks up each name anew, and
 * rows with twenty columns are read for every message. Not thread-safe.
 */
final class Columns {
    private final ResultSet row;
    private int last;

    Columns(ResultSet row) {
        this.row = row;
    }

    String text() throws SQLException {
        return row.getString(++last);
    }

    @Nullable
    String textOrNull() throws SQLException {
        return row.getString(++last);
    }

    int number() throws SQLException {
        return row.getInt(++last);
    }

    long big() throws SQLException {
        return row.getLong(++last);
    }

    boolean flag() throws SQLException {
        return number() == 1;
    }

    /** A time in milliseconds. */
    Instant time() throws SQLException {
        return Instant.ofEpochMilli(big());
    }

    @Nullable
    Instant timeOrNull() throws SQLException {
        long millis = big();
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
