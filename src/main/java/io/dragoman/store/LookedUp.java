// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.store.Erasures.Told;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What accounts knew of addresses when they were asked. */
public final class LookedUp {
    private final Sql sql;

    LookedUp(Sql sql) {
        this.sql = sql;
    }

    /**
     * What came of asking.
     *
     * @param found whether the address was known there
     */
    public record Known(boolean found, Map<String, String> attributes, Instant at) {
        @Override
        public String toString() {
            return "Known[" + at + "]";
        }
    }

    /** What an account said of an address last. */
    public Optional<Known> find(String account, String type, String value) {
        return sql.one(
                "SELECT found, attributes, at FROM looked_up WHERE account=? AND type=? AND value=?",
                LookedUp::known,
                account,
                type,
                value);
    }

    /** Keeps what it says now. */
    public void put(String account, String type, String value, Known known) {
        sql.update(
                """
                INSERT INTO looked_up(account,type,value,found,attributes,at) VALUES(?,?,?,?,?,?)
                ON CONFLICT(account,type,value) DO UPDATE SET found=excluded.found, attributes=excluded.attributes, at=excluded.at""",
                account,
                type,
                value,
                known.found() ? 1 : 0,
                Json.write(known.attributes()),
                known.at().toEpochMilli());
    }

    /** What all accounts say of these addresses: of two that say something under one name the later. */
    Map<String, String> attributes(String type, List<String> values) {
        Map<String, String> all = new HashMap<>();
        if (!values.isEmpty()) {
            sql.all(
                            "SELECT found, attributes, at FROM looked_up WHERE type=?"
                                    + " AND value IN (SELECT value FROM texts(?)) ORDER BY at",
                            LookedUp::known,
                            type,
                            values)
                    .forEach(known -> all.putAll(known.attributes()));
        }
        return all;
    }

    /** Forgets what an account said of these addresses, or all that it said. */
    public int forget(Told told) {
        return told.all()
                ? sql.update("DELETE FROM looked_up WHERE account=?", told.account())
                : forget(told.account(), Identity.EMAIL, told.emails())
                        + forget(told.account(), Identity.PHONE, told.phones());
    }

    private int forget(String account, String type, List<String> values) {
        return sql.update(
                "DELETE FROM looked_up WHERE account=? AND type=? AND value IN (SELECT value FROM texts(?))",
                account,
                type,
                values);
    }

    private static Known known(ResultSet row) throws SQLException {
        Map<String, String> attributes = new HashMap<>();
        Map<?, ?> kept = Json.read(row.getString(2), Map.class);
        kept.forEach((name, value) -> attributes.put(String.valueOf(name), String.valueOf(value)));
        return new Known(row.getInt(1) == 1, attributes, Instant.ofEpochMilli(row.getLong(3)));
    }
}
