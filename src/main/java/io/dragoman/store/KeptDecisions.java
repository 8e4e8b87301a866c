// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What the rules decided, as it was kept, by the time of the messages. */
public final class KeptDecisions {
    private final Sql sql;

    KeptDecisions(Sql sql) {
        this.sql = sql;
    }

    /**
     * One of them.
     *
     * @param message its id
     * @param content as JSON
     */
    public record Kept(String message, String content) {
        /** When the message came: ids begin with their time. */
        public Instant at() {
            return Instant.ofEpochMilli(UUID.fromString(message).getMostSignificantBits() >>> 16);
        }

        @Override
        public String toString() {
            return "Kept[" + message + "]";
        }
    }

    /** Those of messages that came since then, the latest first, a page before the id {@code before}. */
    public List<Kept> latest(Instant since, String before, int most) {
        return sql.all(
                "SELECT event, content FROM decision WHERE event>=? AND event<? ORDER BY event DESC LIMIT ?",
                row -> new Kept(row.getString(1), row.getString(2)),
                first(since),
                before.isEmpty() ? "g" : before,
                most);
    }

    /** Those of these messages. */
    public List<Kept> of(List<String> messages) {
        return sql.all(
                "SELECT event, content FROM decision WHERE event IN (SELECT value FROM texts(?))",
                row -> new Kept(row.getString(1), row.getString(2)),
                messages);
    }

    /** The least id of a time. */
    private static String first(Instant at) {
        String hex = String.format(Locale.ROOT, "%012x", Math.max(0, at.toEpochMilli()));
        return hex.substring(0, 8) + "-" + hex.substring(8);
    }
}
