// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Identity;
import io.dragoman.model.Purpose;
import io.dragoman.model.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What customers consented to and withdrew, by channel and purpose. Each is kept with an address, so that it goes where the
 * address goes, and is never changed: the last one counts. Of the addresses of a contact on a channel one that withdrew
 * counts for all; a notification token stands for itself.
 */
public final class Consents {
    /** The consents of a contact's addresses, each the last of its purpose. */
    private static final String LAST = """
            FROM identity i JOIN consent k ON k.channel=i.channel AND k.type=i.type AND k.value=i.value
            WHERE i.contact=? AND i.type<>? AND NOT EXISTS(SELECT 1 FROM consent l WHERE l.channel=k.channel
              AND l.type=k.type AND l.value=k.value AND l.purpose=k.purpose AND l.at>k.at)""";

    private final Sql sql;

    Consents(Sql sql) {
        this.sql = sql;
    }

    /** How it was said. */
    public enum Source {
        /** A word that the customer wrote. */
        KEYWORD,
        /** The customer did it in the provider's app, which told us. */
        CHANNEL,
        /** Somebody entered it over the API, the console or the command line. */
        API,
        /** The customer did it on a page. */
        PAGE,
        /** It was brought from elsewhere. */
        IMPORT
    }

    /**
     * That somebody consented or withdrew.
     *
     * @param reason for people
     */
    public record Statement(Purpose purpose, boolean given, Source source, String reason) {}

    /** A statement, where and when. */
    public record Stated(String channel, Purpose purpose, boolean given, Instant at, Source source, String reason) {}

    /**
     * Keeps what a contact said for all of their addresses on a channel.
     *
     * @return false where they have none there
     */
    public boolean state(String channel, String contact, Statement said, long now) {
        List<Identity> addresses = sql.all(
                "SELECT type, value FROM identity WHERE contact=? AND channel=? AND type<>?",
                row -> new Identity(row.getString(1), row.getString(2), false),
                contact,
                channel,
                Identity.NOTIFICATION_TOKEN);
        addresses.forEach(one -> insert(channel, one, said, Math.max(now, last(channel, one, said.purpose()) + 1)));
        return !addresses.isEmpty();
    }

    /** Keeps what was said of one address at a time; a withdrawal of the same time stays. */
    public void state(String channel, Identity address, Statement said, Instant at) {
        insert(channel, address, said, at.toEpochMilli());
    }

    private void insert(String channel, Identity address, Statement said, long at) {
        sql.update(
                """
                INSERT INTO consent(channel,type,value,purpose,at,given,source,reason) VALUES(?,?,?,?,?,?,?,?)
                ON CONFLICT(channel,type,value,purpose,at) DO UPDATE SET given=excluded.given, source=excluded.source,
                  reason=excluded.reason WHERE excluded.given=0""",
                channel,
                address.type(),
                address.value(),
                Words.of(said.purpose()),
                at,
                said.given() ? 1 : 0,
                Words.of(said.source()),
                said.reason());
    }

    private long last(String channel, Identity address, Purpose purpose) {
        return sql.number(
                "SELECT COALESCE(max(at),0) FROM consent WHERE channel=? AND type=? AND value=? AND purpose=?",
                channel,
                address.type(),
                address.value(),
                Words.of(purpose));
    }

    /** What a contact said last on a channel; of which they said nothing is not in it. */
    public Map<Purpose, Boolean> of(String channel, String contact) {
        Map<Purpose, Boolean> said = new EnumMap<>(Purpose.class);
        sql.all(
                        "SELECT k.purpose, k.given " + LAST + " AND i.channel=?",
                        row -> Map.entry(purpose(row.getString(1)), row.getInt(2) == 1),
                        contact,
                        Identity.NOTIFICATION_TOKEN,
                        channel)
                .forEach(one -> said.merge(one.getKey(), one.getValue(), Boolean::logicalAnd));
        return said;
    }

    /** Whether the last that one of these addresses said is that nobody may write to it. */
    boolean isStopped(String channel, Identity address) {
        return sql.number("""
                        SELECT count(*) FROM consent k WHERE channel=? AND type=? AND value=? AND purpose='service' AND given=0
                        AND NOT EXISTS(SELECT 1 FROM consent l WHERE l.channel=k.channel AND l.type=k.type AND l.value=k.value
                          AND l.purpose=k.purpose AND l.at>k.at)""", channel, address.type(), address.value()) > 0;
    }

    /** What a contact said last, on each channel and for each purpose. */
    public List<Stated> standing(String contact) {
        return sql
                .all(
                        "SELECT k.channel, k.purpose, k.given, k.at, k.source, k.reason " + LAST
                                + " ORDER BY k.channel, k.purpose, k.given, k.at DESC",
                        Consents::stated,
                        contact,
                        Identity.NOTIFICATION_TOKEN)
                .stream()
                .collect(Collectors.toMap(
                        one -> one.channel() + "/" + one.purpose(),
                        one -> one,
                        (first, other) -> first,
                        LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** All that a contact ever said up to a time, the latest first; once, however many addresses it is kept with. */
    public List<Stated> history(String contact, long until, int most) {
        return sql.all("""
                SELECT DISTINCT k.channel, k.purpose, k.given, k.at, k.source, k.reason FROM identity i JOIN consent k
                  ON k.channel=i.channel AND k.type=i.type AND k.value=i.value WHERE i.contact=? AND k.at<=?
                ORDER BY k.at DESC, k.channel, k.purpose, k.given LIMIT ?""", Consents::stated, contact, until, most);
    }

    /** The channels on which a contact has an address that something can be said of. */
    public List<String> channels(String contact) {
        return sql.all(
                "SELECT DISTINCT channel FROM identity WHERE contact=? AND type<>? ORDER BY channel",
                row -> row.getString(1),
                contact,
                Identity.NOTIFICATION_TOKEN);
    }

    private static Stated stated(ResultSet row) throws SQLException {
        return new Stated(
                row.getString(1),
                purpose(row.getString(2)),
                row.getInt(3) == 1,
                Instant.ofEpochMilli(row.getLong(4)),
                Words.find(Source.class, row.getString(5)).orElse(Source.IMPORT),
                row.getString(6));
    }

    private static Purpose purpose(String word) {
        return Words.find(Purpose.class, word)
                .orElseThrow(() -> new IllegalStateException("the store has a consent to " + word));
    }

    /** What the words by which customers stop and start mean: stopping takes marketing along, and starting does not bring it back. */
    public static List<Statement> of(boolean in, Source source, String reason) {
        return in
                ? List.of(new Statement(Purpose.SERVICE, true, source, reason))
                : Stream.of(Purpose.SERVICE, Purpose.MARKETING)
                        .map(purpose -> new Statement(purpose, false, source, reason))
                        .toList();
    }
}
