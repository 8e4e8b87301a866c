// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.Map;
import java.util.stream.Collectors;

/** When something last came and went. Both read every row: they take the longer the more there are. */
public final class Traffic {
    private final Sql sql;

    Traffic(Sql sql) {
        this.sql = sql;
    }

    /** When something of each source last arrived, in milliseconds. */
    public Map<String, Long> lastIn() {
        return latest("SELECT source, max(received_at) FROM event GROUP BY source");
    }

    /** When something last reached each target, in milliseconds. */
    public Map<String, Long> lastOut() {
        return latest("SELECT target, max(done_at) FROM delivery WHERE state='DELIVERED' GROUP BY target");
    }

    private Map<String, Long> latest(String select) {
        return sql.all(select, row -> Map.entry(row.getString(1), row.getLong(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
