// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Request;
import io.dragoman.model.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** A row of the table of raw requests. */
final class RawRow {
    private RawRow() {}

    static void insert(Sql sql, String id, Events.Arrived arrived) {
        Request request = arrived.request();
        sql.update(
                "INSERT INTO raw(id,source,origin,method,path,query,headers,body,body_file,body_sha256,received_at) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                id,
                arrived.source(),
                request.origin().name(),
                request.method(),
                request.path(),
                request.query(),
                Json.write(request.headers()),
                arrived.body(),
                arrived.bodyFile(),
                arrived.sha256(),
                request.receivedAt().toEpochMilli());
    }

    @SuppressWarnings("unchecked") // written above as a map of strings
    static Events.Raw read(ResultSet row) throws SQLException {
        byte[] body = row.getBytes("body");
        Request request = new Request(
                Request.Origin.valueOf(row.getString("origin")),
                row.getString("method"),
                row.getString("path"),
                row.getString("query"),
                (Map<String, String>) Json.read(row.getString("headers"), Map.class),
                body == null ? new byte[0] : body,
                Instant.ofEpochMilli(row.getLong("received_at")));
        return new Events.Raw(request, row.getString("body_file"), row.getString("body_sha256"));
    }
}
