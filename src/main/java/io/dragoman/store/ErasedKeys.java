// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The keys of what was erased, as hashes with a salt: enough to know a late copy, and nothing of whom it was about. Where
 * nothing was ever erased there is no salt, and one look at that.
 */
final class ErasedKeys {
    private static final String PREFIX = "erased:";

    private final Sql sql;

    ErasedKeys(Sql sql) {
        this.sql = sql;
    }

    private Optional<String> salt() {
        return sql.one("SELECT salt FROM erasure_salt WHERE id=1", row -> row.getString(1));
    }

    /** The salt stays what it is once there is one. */
    void make(String salt) {
        sql.update("INSERT INTO erasure_salt(id,salt) VALUES(1,?) ON CONFLICT DO NOTHING", salt);
    }

    /** In place of an event's key. */
    String key(String source, String key) {
        return PREFIX + hash(salt().orElseThrow(), source, key);
    }

    /** Whether an event of this key was erased. */
    boolean event(String source, String key) {
        return salt().map(salt -> PREFIX + hash(salt, source, key))
                .flatMap(hashed -> sql.one("SELECT 1 FROM event WHERE source=? AND key=?", row -> true, source, hashed))
                .isPresent();
    }

    /** Notes a channel's id of a message that is erased. */
    void addExternal(String channel, String externalId) {
        sql.update(
                "INSERT INTO erased_external(hash) VALUES(?) ON CONFLICT DO NOTHING",
                hash(salt().orElseThrow(), channel, externalId));
    }

    /** Whether the message that a channel knows by this id was erased. */
    boolean external(String channel, String externalId) {
        return salt().map(salt -> hash(salt, channel, externalId))
                .flatMap(hash -> sql.one("SELECT 1 FROM erased_external WHERE hash=?", row -> true, hash))
                .isPresent();
    }

    private static String hash(String salt, String place, String key) {
        byte[] all = (salt + '\n' + place + '\n' + key).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Hashes.sha256(all));
    }
}
