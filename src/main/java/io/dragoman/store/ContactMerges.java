// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two contacts that are one person. What the one had is the other's, and what was moved is recorded, so that it can be
 * moved back.
 */
public final class ContactMerges {
    private final Sql sql;
    private final Changes changes;
    private final ContactAttributes attributes;

    ContactMerges(Sql sql, Changes changes, ContactAttributes attributes) {
        this.sql = sql;
        this.changes = changes;
        this.attributes = attributes;
    }

    /**
     * A merge.
     *
     * @param survivor has everything now
     * @param merged has nothing now
     * @param why it was done, for people
     * @param undoneAt null while it stands
     */
    public record Merge(
            String id,
            String survivor,
            String merged,
            String why,
            Instant at,
            @Nullable Instant undoneAt) {}

    /** An identity's key. */
    record IdentityKey(String channel, String type, String value) {}

    /**
     * What was moved.
     *
     * @param conversations their ids, each with the address that answers in it went to
     * @param closed the conversations that had to be closed, for a contact has one open conversation on a channel
     * @param tags that the survivor did not have
     */
    record Moved(
            List<IdentityKey> identities, Map<String, String> conversations, List<String> closed, List<String> tags) {}

    /** Everybody who holds one of these identities on a channel, the oldest contact first. */
    public List<String> holders(String channel, List<Identity> identities) {
        Set<String> holders = new LinkedHashSet<>();
        for (Identity identity : identities) {
            identity.forms().forEach(form -> sql.one(
                            "SELECT contact FROM identity WHERE channel=? AND type=? AND value=?",
                            row -> row.getString(1),
                            channel,
                            identity.type(),
                            form)
                    .ifPresent(holders::add));
        }
        return holders.stream().sorted().toList(); // ids rise with time
    }

    /**
     * Merges two contacts that stand by themselves; the older one stays.
     *
     * @param id of the merge
     */
    public Merge merge(String id, String one, String other, String why, long now) {
        String survivor = one.compareTo(other) < 0 ? one : other;
        String merged = survivor.equals(one) ? other : one;
        // first: who is about to write for the one that goes waits here, and finds it gone
        sql.update("UPDATE contact SET merged_into=? WHERE id=?", survivor, merged);
        List<IdentityKey> identities = sql.all(
                "SELECT channel, type, value FROM identity WHERE contact=? ORDER BY place",
                row -> new IdentityKey(row.getString(1), row.getString(2), row.getString(3)),
                merged);
        Map<String, String> conversations = new LinkedHashMap<>();
        sql.all(
                        "SELECT id, address FROM conversation WHERE contact=? ORDER BY id",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        merged)
                .forEach(found -> conversations.put(found.getKey(), found.getValue()));
        sql.update(
                "UPDATE identity SET place=place+(SELECT count(*) FROM identity i WHERE i.contact=?), contact=? WHERE contact=?",
                survivor,
                survivor,
                merged);
        List<String> closed = moveConversations(merged, survivor, now);
        List<String> tags = describe(survivor, merged);
        attributes.merge(merged, survivor);
        sql.update("UPDATE auto_reply SET contact=? WHERE contact=?", survivor, merged);
        sql.update(
                "INSERT INTO contact_merge(id,survivor,merged,why,at,moved) VALUES(?,?,?,?,?,?)",
                id,
                survivor,
                merged,
                why,
                now,
                Json.write(new Moved(identities, conversations, closed, tags)));
        return new Merge(id, survivor, merged, why, Instant.ofEpochMilli(now), null);
    }

    /** Closes the older of two that are open in what becomes one thread; the newer follows it. */
    private List<String> moveConversations(String merged, String survivor, long now) {
        List<String> closed = new ArrayList<>();
        sql.all(
                        "SELECT a.id, b.id FROM conversation a JOIN conversation b ON a.channel=b.channel"
                                + " WHERE a.thread=? AND b.thread=? AND a.status='open' AND b.status='open'",
                        row -> List.of(row.getString(1), row.getString(2)),
                        thread(merged),
                        thread(survivor))
                .forEach(pair -> {
                    String older = pair.get(0).compareTo(pair.get(1)) < 0 ? pair.get(0) : pair.get(1);
                    String newer = older.equals(pair.get(0)) ? pair.get(1) : pair.get(0);
                    sql.update(
                            "UPDATE conversation SET status='closed', closed_at=?, updated_at=?, version=version+1"
                                    + " WHERE id=?",
                            now,
                            now,
                            older);
                    sql.update("UPDATE conversation SET previous=? WHERE id=? AND previous IS NULL", older, newer);
                    closed.add(older);
                    changes.note(newer);
                });
        sql.all(
                        "UPDATE conversation SET contact=?, version=version+1,"
                                + " thread=CASE WHEN thread=? THEN ? ELSE thread END WHERE contact=? RETURNING id",
                        row -> row.getString(1),
                        survivor,
                        thread(merged),
                        thread(survivor),
                        merged)
                .forEach(changes::note);
        return closed;
    }

    private static String thread(String contact) {
        return "contact:" + contact;
    }

    /** Name and language where the survivor has none, and the tags that it lacks. */
    private List<String> describe(String survivor, String merged) {
        sql.update(
                "UPDATE contact SET name=COALESCE(name,(SELECT name FROM contact WHERE id=?)),"
                        + " language=COALESCE(language,(SELECT language FROM contact WHERE id=?)) WHERE id=?",
                merged,
                merged,
                survivor);
        List<String> all = new ArrayList<>(tags(survivor));
        List<String> fresh = new ArrayList<>(tags(merged));
        fresh.removeAll(all);
        all.addAll(fresh);
        sql.update("UPDATE contact SET tags=? WHERE id=?", Json.write(all), survivor);
        return fresh;
    }

    private List<String> tags(String contact) {
        return sql.one(
                        "SELECT tags FROM contact WHERE id=?",
                        row -> Arrays.asList(Json.read(row.getString(1), String[].class)),
                        contact)
                .orElseThrow();
    }

    /**
     * Moves back what a merge moved and the survivor still has. What came since stays with the survivor, and so do name
     * and language, and a conversation in which the survivor wrote last: its answers go to the survivor's address. Conversations that the merge closed are open again where nothing took their place.
     */
    public void undo(Merge merge, long now) {
        Moved moved = sql.one(
                        "SELECT moved FROM contact_merge WHERE id=?",
                        row -> Json.read(row.getString(1), Moved.class),
                        merge.id())
                .orElseThrow();
        int place = 0;
        for (IdentityKey identity : moved.identities()) {
            sql.update(
                    "UPDATE identity SET contact=?, place=? WHERE channel=? AND type=? AND value=? AND contact=?",
                    merge.merged(),
                    place++,
                    identity.channel(),
                    identity.type(),
                    identity.value(),
                    merge.survivor());
        }
        moved.conversations()
                .forEach((conversation, address) -> sql.update(
                        "UPDATE conversation SET contact=?, version=version+1,"
                                + " thread=CASE WHEN thread=? THEN ? ELSE thread END WHERE id=? AND contact=? AND address=?",
                        merge.merged(),
                        thread(merge.survivor()),
                        thread(merge.merged()),
                        conversation,
                        merge.survivor(),
                        address));
        for (String conversation : moved.closed()) {
            sql.update("""
                    UPDATE conversation SET status='open', closed_at=NULL, updated_at=?, version=version+1
                    WHERE id=? AND status='closed' AND NOT EXISTS(SELECT 1 FROM conversation o WHERE o.channel=conversation.channel
                        AND o.thread=conversation.thread AND o.status='open')""", now, conversation);
        }
        moved.conversations().keySet().forEach(changes::note);
        List<String> tags = new ArrayList<>(tags(merge.survivor()));
        tags.removeAll(moved.tags());
        sql.update("UPDATE contact SET tags=? WHERE id=?", Json.write(tags), merge.survivor());
        attributes.unmerge(merge.merged(), merge.survivor());
        sql.update("UPDATE contact SET merged_into=NULL WHERE id=?", merge.merged());
        sql.update("UPDATE contact_merge SET undone_at=? WHERE id=?", now, merge.id());
    }

    /** What a contact was merged into and has not come back from. */
    public Optional<Merge> standing(String merged) {
        return sql.one(
                "SELECT * FROM contact_merge WHERE merged=? AND undone_at IS NULL", ContactMerges::merge, merged);
    }

    /** The merges of a contact, whichever of the two it was, the oldest first. */
    public List<Merge> of(String contact) {
        return sql.all(
                "SELECT * FROM contact_merge WHERE survivor=? OR merged=? ORDER BY id",
                ContactMerges::merge,
                contact,
                contact);
    }

    private static Merge merge(ResultSet row) throws SQLException {
        Long undone = Sql.nullableLong(row, "undone_at");
        return new Merge(
                row.getString("id"),
                row.getString("survivor"),
                row.getString("merged"),
                row.getString("why"),
                Instant.ofEpochMilli(row.getLong("at")),
                undone == null ? null : Instant.ofEpochMilli(undone));
    }
}
