// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who did what. Lines are only added: the store itself refuses to change or remove one. */
public final class AuditLog {
    private static final String COLUMNS =
            "SELECT id, at, actor, role, origin, action, target, detail FROM audit WHERE ";
    private static final String PAGE = "at>=? AND at<? AND (CAST(? AS TEXT) IS NULL OR id<?) ORDER BY id DESC LIMIT ?";

    private final Sql sql;

    AuditLog(Sql sql) {
        this.sql = sql;
    }

    /**
     * A line of it.
     *
     * @param id later ones are greater
     * @param from the address that the actor came from
     * @param target the id of what it was done to; null for none
     * @param detail in words of ours, with ids and counts, never with what anybody wrote; null for none
     */
    public record Entry(
            String id,
            Instant at,
            String actor,
            Role role,
            String from,
            String action,
            @Nullable String target,
            @Nullable String detail) {}

    /**
     * Which lines; null for any.
     *
     * @param since then or later
     * @param until before then
     */
    public record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable Instant since,
            @Nullable Instant until) {}

    /** Adds a line. */
    public void append(Entry entry) {
        sql.update(
                "INSERT INTO audit(id,at,actor,role,origin,action,target,detail) VALUES(?,?,?,?,?,?,?,?)",
                entry.id(),
                entry.at().toEpochMilli(),
                entry.actor(),
                entry.role().name(),
                entry.from(),
                entry.action(),
                entry.target(),
                entry.detail());
    }

    /**
     * The latest first.
     *
     * @param before the id of the last line of the page before; null for the first page
     */
    public List<Entry> latest(Filter filter, @Nullable String before, int limit) {
        List<@Nullable Object> values = new ArrayList<>();
        Stream.of(filter.actor(), filter.action()).filter(Objects::nonNull).forEach(values::add);
        values.add(filter.since() == null ? Long.MIN_VALUE : filter.since().toEpochMilli());
        values.add(filter.until() == null ? Long.MAX_VALUE : filter.until().toEpochMilli());
        values.add(before);
        values.add(before);
        values.add(limit);
        return sql.all(query(filter), AuditLog::entry, values.toArray());
    }

    /** Each with the index that serves it. */
    private static String query(Filter filter) {
        if (filter.actor() == null) {
            return filter.action() == null ? COLUMNS + PAGE : COLUMNS + "action=? AND " + PAGE;
        }
        return filter.action() == null ? COLUMNS + "actor=? AND " + PAGE : COLUMNS + "actor=? AND action=? AND " + PAGE;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                Role.valueOf(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }
}
