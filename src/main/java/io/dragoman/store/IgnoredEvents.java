// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.EventTypes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import io.dragoman.store.Events.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nothing was done about, by what it was. An index of its own holds all that is counted, in the order of time: what
 * it costs to count depends on what was ignored since, not on how much is stored.
 */
public final class IgnoredEvents {
    /** What was ignored before kinds were stored. */
    private static final String UNNAMED = "unnamed";

    private static final int MOST_KINDS = 1_000;

    private final Sql sql;

    IgnoredEvents(Sql sql) {
        this.sql = sql;
    }

    /**
     * So many of one kind from one channel or desk.
     *
     * @param last when the last of them was received
     * @param example the id of the last of them
     */
    public record Count(String source, String kind, long events, Instant last, String example) {}

    /** Something that was ignored just now. */
    public record Named(String source, String kind) {}

    /** Stores one that ended when it arrived. */
    void insert(String id, String source, String raw, Ignored event, long now) {
        sql.update(
                "INSERT INTO event(id,source,key,raw,lane,seq,type,content,received_at,state,kind,reason,done_at)"
                        + " VALUES(?,?,?,?,?,0,?,?,?,?,?,?,?)",
                id,
                source,
                event.key(),
                raw,
                Events.ENDED,
                EventTypes.of(event),
                Json.write(event),
                now,
                State.IGNORED.name(),
                event.kind(),
                event.reason(),
                now);
    }

    /** Says what an event was that is ignored; of one in another state it says nothing. */
    public void name(String id, String kind) {
        sql.update("UPDATE event SET kind=? WHERE id=? AND state='IGNORED'", kind, id);
    }

    /**
     * What was ignored since a time, the most frequent first; at most a thousand kinds.
     *
     * @param source the channel or desk; null for all
     */
    public List<Count> counts(Instant since, @Nullable String source) {
        return sql.all(
                """
                SELECT source, COALESCE(kind,?), COUNT(*) AS events, MAX(received_at), MAX(id) FROM event
                WHERE state='IGNORED' AND received_at>=? AND (CAST(? AS TEXT) IS NULL OR source=?)
                GROUP BY source, kind ORDER BY events DESC, source, kind LIMIT ?""",
                row -> new Count(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getString(5)),
                UNNAMED,
                since.toEpochMilli(),
                source,
                source,
                MOST_KINDS);
    }
}
