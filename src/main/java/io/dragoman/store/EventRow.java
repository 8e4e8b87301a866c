// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.store.Events.State;
import io.dragoman.store.Events.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads events' rows. */
final class EventRow {
    /** In the order of {@link Stored}. */
    static final String COLUMNS =
            "id, source, key, raw, lane, type, content, received_at, state, attempts, failures, begun, reason, duplicates, differing, done_at";

    private EventRow() {}

    static Stored read(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        return new Stored(
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.time(),
                State.valueOf(columns.text()),
                columns.number(),
                columns.number(),
                columns.number(),
                columns.textOrNull(),
                columns.number(),
                columns.number(),
                columns.timeOrNull());
    }
}
