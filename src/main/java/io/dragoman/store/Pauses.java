// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.time.Instant;
import java.util.List;

/** Channels and desks to which nothing goes out until they are resumed. What comes from them is still accepted. */
public final class Pauses {
    private final Sql sql;

    Pauses(Sql sql) {
        this.sql = sql;
    }

    /** One that is paused, why and since when. */
    public record Pause(String target, String reason, Instant at) {}

    public List<Pause> all() {
        return sql.all(
                "SELECT target, reason, at FROM pause ORDER BY target",
                row -> new Pause(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))));
    }

    /** Pauses; the first reason stays when it was paused already. */
    public void pause(String target, String reason, long now) {
        sql.update("INSERT INTO pause(target,reason,at) VALUES(?,?,?) ON CONFLICT DO NOTHING", target, reason, now);
    }

    /** Resumes; false when it was not paused. */
    public boolean resume(String target) {
        return sql.update("DELETE FROM pause WHERE target=?", target) > 0;
    }

    /** Resumes what was paused for a reason that begins so; false when it was not. */
    public boolean resumeWhere(String target, String reason) {
        return sql.update("DELETE FROM pause WHERE target=? AND substr(reason,1,?)=?", target, reason.length(), reason)
                > 0;
    }
}
