// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.FeedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the addresses of channels with paths of their own have to read: a numbered log for each. Numbers rise by one and
 * become visible in their order, also where several gateways write; so nothing appears before a number that was read.
 */
public final class Feeds {
    private static final String SELECT = "SELECT seq, key, content, at FROM feed WHERE channel=? AND address=?";

    private final Sql sql;

    Feeds(Sql sql) {
        this.sql = sql;
    }

    /** An entry in its place. */
    public record Entry(long seq, String key, String content, Instant at) {
        @Override
        public String toString() {
            return "Entry[" + seq + "]";
        }
    }

    /**
     * Adds an entry at the end, or where its address went; a key that is there already adds nothing.
     *
     * @return the address that has it
     */
    public String append(String channel, FeedEntry entry, long now) {
        String address = movedTo(channel, entry.address()).orElse(entry.address());
        long seq = next(channel, address); // before looking for the key: it locks the feed
        if (find(channel, address, entry.key()).isPresent()) {
            sql.update("UPDATE feed_head SET last_seq=? WHERE channel=? AND address=?", seq - 1, channel, address);
        } else {
            insert(channel, address, seq, entry.key(), entry.content(), now);
        }
        return address;
    }

    private long next(String channel, String address) {
        return sql.number(
                "INSERT INTO feed_head(channel,address,last_seq) VALUES(?,?,1) ON CONFLICT(channel,address) DO UPDATE"
                        + " SET last_seq=feed_head.last_seq+1 RETURNING last_seq",
                channel,
                address);
    }

    private void insert(String channel, String address, long seq, String key, String content, long at) {
        sql.update(
                "INSERT INTO feed(channel,address,seq,key,content,at) VALUES(?,?,?,?,?,?)",
                channel,
                address,
                seq,
                key,
                content,
                at);
    }

    /** What stands after a place, in order. */
    public List<Entry> after(String channel, String address, long seq, int most) {
        return sql.all(SELECT + " AND seq>? ORDER BY seq LIMIT ?", Feeds::read, channel, address, seq, most);
    }

    public Optional<Entry> find(String channel, String address, String key) {
        return sql.one(SELECT + " AND key=?", Feeds::read, channel, address, key);
    }

    /** Where the feed of an address goes on, when it does not go on there. */
    public Optional<String> movedTo(String channel, String address) {
        return sql.one(
                        "SELECT moved_to FROM feed_head WHERE channel=? AND address=?",
                        row -> Optional.ofNullable(row.getString(1)),
                        channel,
                        address)
                .flatMap(moved -> moved);
    }

    /** Lets a feed go on at another address, at the end of what is there. Done twice, it changes nothing. */
    public void move(String channel, String from, String to) {
        if (from.equals(to) || movedTo(channel, from).isPresent()) {
            return;
        }
        next(channel, from); // locks it, and makes it where it is new
        for (Entry entry : after(channel, from, 0, Integer.MAX_VALUE)) {
            if (find(channel, to, entry.key()).isEmpty()) {
                insert(
                        channel,
                        to,
                        next(channel, to),
                        entry.key(),
                        entry.content(),
                        entry.at().toEpochMilli());
            }
        }
        sql.update("UPDATE feed_head SET moved_to=? WHERE channel=? AND address=?", to, channel, from);
    }

    private static Entry read(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Entry(row.getLong(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)));
    }
}
