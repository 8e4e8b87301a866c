// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.StoredBlob;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Media of messages: where to fetch each from, and which file keeps it. The bytes are files. */
public final class MediaRows {
    private static final String COLUMNS = "id, message, raw, part, state, sha256, size, mime_type, file_name, reason";

    private final Sql sql;

    MediaRows(Sql sql) {
        this.sql = sql;
    }

    /** The state of a media item. */
    public enum State {
        PENDING,
        STORED,
        FAILED
    }

    /**
     * One media item.
     *
     * @param raw the request it came with; null of old for what an agent gave
     * @param part as it arrived, with the source to fetch it from
     */
    public record Row(
            String id,
            String message,
            @Nullable String raw,
            Part.Media part,
            State state,
            @Nullable String sha256,
            @Nullable Long size,
            @Nullable String mimeType,
            @Nullable String fileName,
            @Nullable Reason reason) {}

    public void insert(String id, String message, @Nullable String raw, Part.Media part) {
        sql.update(
                "INSERT INTO media(id,message,raw,part,state) VALUES(?,?,?,?,'PENDING')",
                id,
                message,
                raw,
                Json.write(part));
    }

    public Optional<Row> find(String id) {
        return sql.one("SELECT " + COLUMNS + " FROM media WHERE id=?", MediaRows::row, id);
    }

    /** The media of a message, in order. */
    public List<Row> ofMessage(String message) {
        return sql.all("SELECT " + COLUMNS + " FROM media WHERE message=? ORDER BY id", MediaRows::row, message);
    }

    private static Row row(ResultSet row) throws SQLException {
        String reason = row.getString(10);
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                (Part.Media) Json.read(row.getString(4), Part.class),
                State.valueOf(row.getString(5)),
                row.getString(6),
                Sql.nullableLong(row, "size"),
                row.getString(8),
                row.getString(9),
                reason == null ? null : Reason.valueOf(reason));
    }

    public void keep(String id, StoredBlob blob, @Nullable String fileName) {
        sql.update(
                "UPDATE media SET state='STORED', sha256=?, size=?, mime_type=?, file_name=? WHERE id=?",
                blob.sha256(),
                blob.size(),
                blob.mimeType(),
                fileName,
                id);
    }

    public void fail(String id, Reason reason) {
        sql.update("UPDATE media SET state='FAILED', reason=? WHERE id=?", reason.name(), id);
    }

    /** Whether a message still waits for media. */
    public boolean pending(String message) {
        return sql.number("SELECT count(*) FROM media WHERE message=? AND state='PENDING'", message) > 0;
    }
}
