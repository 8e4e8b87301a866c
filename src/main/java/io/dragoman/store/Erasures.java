// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.dragoman.model.Json;
import io.dragoman.model.PhoneNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is being erased, and what the store has of a person: where they were written to, and what is searched for them. */
public final class Erasures {
    private final Sql sql;
    private final ErasedKeys keys;

    Erasures(Sql sql, ErasedKeys keys) {
        this.sql = sql;
        this.keys = keys;
    }

    /**
     * What a shop told of one of its customers.
     *
     * @param account the shop's
     * @param orders the shop's ids of them
     * @param all that it told is meant, of whomever
     */
    public record Told(String account, List<String> emails, List<String> phones, List<String> orders, boolean all) {
        public Told {
            emails = List.copyOf(emails);
            phones = List.copyOf(phones);
            orders = List.copyOf(orders);
        }

        @Override
        public String toString() {
            return "Told[" + account + "]";
        }
    }

    /**
     * The erasing of a person, or of what a shop told.
     *
     * @param contact null when it is done, and of what a shop told
     * @param told null when its rows are gone, and of a person
     * @param erasedAt when the rows went; null while they are there
     * @param files by their SHA-256, those that are still to be deleted
     * @param counts what was removed, by what it was
     */
    public record Erasure(
            String id,
            @Nullable String contact,
            @JsonIgnore @Nullable Told told,
            Instant begunAt,
            @Nullable Instant erasedAt,
            @Nullable Instant doneAt,
            List<String> files,
            Map<String, Long> counts) {}

    /** Where a person was on a channel. */
    public record Place(String channel, String address) {}

    /**
     * A person, with all that was merged into them.
     *
     * @param places every address of theirs
     */
    public record Subject(List<String> contacts, List<String> conversations, Set<Place> places) {
        public Subject {
            contacts = List.copyOf(contacts);
            conversations = List.copyOf(conversations);
            places = Set.copyOf(places);
        }

        @Override
        public String toString() {
            return "Subject" + contacts;
        }
    }

    /** An event as far as it tells whom it is about. */
    public record Trace(
            String id, String source, String raw, String lane, String type, Events.State state, String content) {
        @Override
        public String toString() {
            return "Trace[" + id + "]";
        }
    }

    /** A stored request; its body may stand in a file. */
    public record RawTrace(
            String id,
            String source,
            String head,
            byte[] body,
            @Nullable String bodyFile) {
        @Override
        public String toString() {
            return "RawTrace[" + id + "]";
        }
    }

    /** Whether the message that a channel knows by this id was erased. */
    public boolean knows(String channel, String externalId) {
        return keys.external(channel, externalId);
    }

    /** Whether an event was erased with who it was about. */
    public boolean isErased(String event) {
        return sql.number("SELECT count(*) FROM event WHERE id=? AND type='erased'", event) > 0;
    }

    /** How many have taken their rows: another number than before where something was erased since. */
    public long taken() {
        return sql.number("SELECT count(*) FROM erasure WHERE erased_at IS NOT NULL");
    }

    /** Begins one; it is there until it is done, whatever happens to the process. */
    public void begin(String id, String contact, String salt, long now) {
        keys.make(salt);
        sql.update("INSERT INTO erasure(id,contact,begun_at,files,counts) VALUES(?,?,?,'[]','{}')", id, contact, now);
    }

    /** The same of what a shop told. */
    public void begin(String id, Told told, String salt, long now) {
        keys.make(salt);
        sql.update(
                "INSERT INTO erasure(id,told,begun_at,files,counts) VALUES(?,?,?,'[]','{}')",
                id,
                Json.write(told),
                now);
    }

    public Optional<Erasure> find(String id) {
        return sql.one("SELECT * FROM erasure WHERE id=?", Erasures::erasure, id);
    }

    /** Those that are not done, the oldest first. */
    public List<Erasure> open() {
        return sql.all("SELECT * FROM erasure WHERE done_at IS NULL ORDER BY id", Erasures::erasure);
    }

    /** The rows are gone. Whose they were by a shop's word goes too: it has addresses, and what is compacted later keeps none. */
    void erased(String id, List<String> files, Map<String, Long> counts, long now) {
        sql.update(
                "UPDATE erasure SET told=NULL, erased_at=?, files=?, counts=? WHERE id=?",
                now,
                Json.write(files),
                Json.write(counts),
                id);
    }

    /** Nothing is left anywhere: who it was is forgotten as well. */
    public void done(String id, long now) {
        sql.update("UPDATE erasure SET contact=NULL, files='[]', done_at=? WHERE id=?", now, id);
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        Long erased = Sql.nullableLong(row, "erased_at");
        Long done = Sql.nullableLong(row, "done_at");
        String told = row.getString("told");
        Map<String, Long> counts = new TreeMap<>();
        Map<?, ?> kept = Json.read(row.getString("counts"), Map.class);
        kept.forEach((name, count) -> counts.put(String.valueOf(name), ((Number) count).longValue()));
        return new Erasure(
                row.getString("id"),
                row.getString("contact"),
                told == null ? null : Json.read(told, Told.class),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                erased == null ? null : Instant.ofEpochMilli(erased),
                done == null ? null : Instant.ofEpochMilli(done),
                Arrays.asList(Json.read(row.getString("files"), String[].class)),
                counts);
    }

    /** The contacts that have this address on any channel, as it is written or as the same number is written otherwise. */
    public List<String> contactsAt(String address) {
        Set<String> found = new LinkedHashSet<>();
        for (String form : PhoneNumber.forms(address)) {
            found.addAll(sql.all(
                    "SELECT contact FROM identity WHERE value=? ORDER BY contact", row -> row.getString(1), form));
        }
        return List.copyOf(found);
    }

    /** All that is known of where a person is; empty where there is no such contact. */
    public Optional<Subject> subject(String contact) {
        List<String> contacts = sql.all("""
                WITH RECURSIVE up(id, into_id) AS (SELECT id, merged_into FROM contact WHERE id=?
                  UNION SELECT c.id, c.merged_into FROM contact c JOIN up ON c.id=up.into_id),
                down(id) AS (SELECT id FROM up WHERE into_id IS NULL
                  UNION SELECT c.id FROM contact c JOIN down ON c.merged_into=down.id) SELECT id FROM down ORDER BY id""", row -> row.getString(1), contact);
        if (contacts.isEmpty()) {
            return Optional.empty();
        }
        Set<Place> places = new LinkedHashSet<>(sql.all(
                "SELECT channel, value FROM identity WHERE contact IN (SELECT value FROM texts(?))",
                Erasures::place,
                contacts));
        places.addAll(sql.all(
                "SELECT channel, address FROM conversation WHERE contact IN (SELECT value FROM texts(?))",
                Erasures::place,
                contacts));
        for (Place one : List.copyOf(places)) {
            places.addAll(sql.all(
                    "SELECT channel, former FROM moved_chat WHERE channel=? AND address=?",
                    Erasures::place,
                    one.channel(),
                    one.address()));
            PhoneNumber.forms(one.address()).forEach(form -> places.add(new Place(one.channel(), form)));
        }
        List<String> conversations = sql.all(
                "SELECT id FROM conversation WHERE contact IN (SELECT value FROM texts(?)) ORDER BY id",
                row -> row.getString(1),
                contacts);
        return Optional.of(new Subject(contacts, conversations, places));
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getString(1), row.getString(2));
    }

    /** Events in the order of their ids, a page after one. */
    public List<Trace> events(String after, int most) {
        return sql.all(
                "SELECT id, source, raw, lane, type, state, content FROM event WHERE id>? ORDER BY id LIMIT ?",
                row -> new Trace(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Events.State.valueOf(row.getString(6)),
                        row.getString(7)),
                after,
                most);
    }

    /** The events that brought these conversations' messages. */
    public List<Trace> eventsOf(List<String> conversations) {
        return sql.all(
                """
                SELECT e.id, e.source, e.raw, e.lane, e.type, e.state, e.content FROM message m JOIN event e ON e.id=m.id
                WHERE m.conversation IN (SELECT value FROM texts(?))""",
                row -> new Trace(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Events.State.valueOf(row.getString(6)),
                        row.getString(7)),
                conversations);
    }

    /** Stored requests in the order of their ids, a page after one. */
    public List<RawTrace> raws(String after, int most) {
        return sql.all(
                "SELECT id, path, query, headers, body, body_file, source FROM raw WHERE id>? ORDER BY id LIMIT ?",
                row -> {
                    byte[] body = row.getBytes(5);
                    return new RawTrace(
                            row.getString(1),
                            row.getString(7),
                            row.getString(2) + "\n" + row.getString(3) + "\n" + row.getString(4),
                            body == null ? new byte[0] : body,
                            row.getString(6));
                },
                after,
                most);
    }
}
