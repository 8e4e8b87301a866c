// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is older than it is to be kept: found in pages in the order of ids, which begin with the time, and erased in small
 * steps. What the ledger counts keeps its row, and an event the hash of its key, so that a late copy is known. Nothing
 * goes that somebody works on, that waits, or that is dead. Not thread-safe.
 */
public final class AgedRows {
    private static final String OURS = " IN (SELECT value FROM texts(?))";
    private static final String BETWEEN = " WHERE id>? AND id<? ORDER BY id LIMIT ?";
    private static final String OPEN = "state IN('READY','SENDING','RETRY')";

    private final Sql sql;
    private final ErasedKeys keys;
    private final ErasedRows rows;
    private final Erasures erasures;
    private final Changes changes;

    AgedRows(Sql sql, ErasedKeys keys, ErasedRows rows, Erasures erasures, Changes changes) {
        this.sql = sql;
        this.keys = keys;
        this.rows = rows;
        this.erasures = erasures;
        this.changes = changes;
    }

    /** What is kept for a time of its own. */
    public enum Kind {
        EVENTS,
        REQUESTS,
        MEDIA,
        CONVERSATIONS,
        CONTACTS
    }

    /**
     * Some of a table.
     *
     * @param due the ids of what may be erased
     * @param held the requests of events that wait or are dead, in a page of events
     * @param last the id to go on behind; null at the end
     */
    public record Page(
            List<String> due, Set<String> held, @Nullable String last) {
        public Page {
            due = List.copyOf(due);
            held = Set.copyOf(held);
        }
    }

    private record Looked(String id, boolean due, @Nullable String held) {}

    /** What there is from before a time, in epoch milliseconds, behind an id. */
    public Page page(Kind kind, String after, long before, int most) {
        String until = firstId(before);
        List<Looked> found =
                switch (kind) {
                    case EVENTS ->
                        sql.all(
                                """
                SELECT id, CASE WHEN state IN('DONE','IGNORED') AND type<>'erased' THEN 1 ELSE 0 END,
                  CASE WHEN state IN('NEW','DEAD') THEN raw END FROM event WHERE id>? AND id<? ORDER BY id LIMIT ?""",
                                row -> new Looked(row.getString(1), row.getInt(2) == 1, row.getString(3)),
                                after,
                                until,
                                most);
                    case REQUESTS ->
                        looked("SELECT id, CASE WHEN path<>'erased' THEN 1 ELSE 0 END FROM raw", after, until, most);
                    case MEDIA ->
                        looked("SELECT id, CASE WHEN state='STORED' THEN 1 ELSE 0 END FROM media", after, until, most);
                    case CONVERSATIONS ->
                        sql.all(
                                "SELECT id, CASE WHEN status='closed' AND updated_at<? THEN 1 ELSE 0 END FROM conversation"
                                        + BETWEEN,
                                row -> new Looked(row.getString(1), row.getInt(2) == 1, null),
                                before,
                                after,
                                until,
                                most);
                    case CONTACTS -> looked("""
                    SELECT id, CASE WHEN merged_into IS NULL
                      AND NOT EXISTS(SELECT 1 FROM conversation c WHERE c.contact=contact.id) THEN 1 ELSE 0 END FROM contact""", after, until, most);
                };
        Set<String> held = new HashSet<>();
        found.stream().map(Looked::held).filter(Objects::nonNull).forEach(held::add);
        return new Page(
                found.stream().filter(Looked::due).map(Looked::id).toList(),
                held,
                found.size() < most ? null : found.get(found.size() - 1).id());
    }

    private List<Looked> looked(String select, String after, String until, int most) {
        return sql.all(
                select + BETWEEN, row -> new Looked(row.getString(1), row.getInt(2) == 1, null), after, until, most);
    }

    /**
     * Erases those of them that are still due.
     *
     * @param salt for the hashes of keys, should there be none yet
     * @return what was erased, by what it was
     */
    public Map<String, Long> erase(Kind kind, List<String> ids, long before, String salt, long now) {
        Map<String, Long> counts = new TreeMap<>();
        switch (kind) {
            case EVENTS -> events(ids, salt, counts);
            case REQUESTS -> unused(rows.raws(ids, counts));
            case MEDIA -> unused(media(ids, counts));
            case CONVERSATIONS -> conversations(ids, before, now, counts);
            case CONTACTS -> ids.forEach(id -> contact(id, before, counts));
        }
        return counts;
    }

    private void events(List<String> ids, String salt, Map<String, Long> counts) {
        keys.make(salt);
        sql.update("DELETE FROM decision WHERE event" + OURS, ids);
        sql.update("DELETE FROM early_news WHERE event" + OURS, ids);
        sql.update("DELETE FROM early_receipt WHERE event" + OURS, ids);
        record Key(String id, String source, String key) {}
        List<Key> found = sql.all(
                "SELECT id, source, key FROM event WHERE state IN('DONE','IGNORED') AND type<>'erased' AND id" + OURS,
                row -> new Key(row.getString(1), row.getString(2), row.getString(3)),
                ids);
        for (Key one : found) {
            sql.update(
                    "UPDATE event SET key=?, lane='erased', type='erased', content='{}' WHERE id=?",
                    keys.key(one.source(), one.key()),
                    one.id());
        }
        counts.put("events", (long) found.size());
    }

    private List<String> media(List<String> ids, Map<String, Long> counts) {
        List<String> files =
                sql.all("SELECT sha256 FROM media WHERE state='STORED' AND id" + OURS, row -> row.getString(1), ids);
        counts.put("media", (long)
                sql.update("UPDATE media SET state='FAILED', sha256=NULL, reason='EXPIRED' WHERE id" + OURS, ids));
        return files;
    }

    private void conversations(List<String> ids, long before, long now, Map<String, Long> counts) {
        List<String> due = sql
                .all(
                        "SELECT id FROM conversation WHERE status='closed' AND updated_at<? AND id" + OURS,
                        row -> row.getString(1),
                        before,
                        ids)
                .stream()
                .filter(id -> !waits(id))
                .toList();
        sql.update(
                "UPDATE conversation SET previous=NULL WHERE previous" + OURS
                        + " AND contact IN (SELECT contact FROM conversation WHERE id" + OURS + ")",
                due,
                due);
        for (Erasures.Place place : sql.all(
                "SELECT DISTINCT channel, address FROM conversation WHERE id" + OURS,
                row -> new Erasures.Place(row.getString(1), row.getString(2)),
                due)) {
            sql.update(
                    "DELETE FROM feed WHERE channel=? AND address=? AND at<?",
                    place.channel(),
                    place.address(),
                    before);
        }
        unused(rows.conversationsOf(due, now, counts));
        due.forEach(changes::note); // so that the search index forgets them
    }

    /** Whether something of a conversation is on its way, or waits for somebody's word. */
    private boolean waits(String conversation) {
        return sql.one(
                        "SELECT 1 FROM message m JOIN delivery d ON d.message=m.id WHERE m.conversation=? AND d." + OPEN
                                + " UNION ALL SELECT 1 FROM delivery WHERE message IS NULL AND conversation=? AND "
                                + OPEN
                                + " UNION ALL SELECT 1 FROM approval WHERE conversation=? AND state='WAITING' LIMIT 1",
                        row -> true,
                        conversation,
                        conversation,
                        conversation)
                .isPresent();
    }

    /** What somebody withdrew is kept with their address: who is forgotten might be written to again. */
    private void contact(String id, long before, Map<String, Long> counts) {
        erasures.subject(id)
                .filter(subject -> subject.conversations().isEmpty())
                .filter(subject -> subject.places().stream().noneMatch(this::isKept))
                .filter(subject -> sql.number(
                                "SELECT count(*) FROM contact_attribute WHERE at>=? AND contact" + OURS,
                                before,
                                subject.contacts())
                        == 0)
                .ifPresent(subject -> rows.contact(subject, counts));
    }

    private boolean isKept(Erasures.Place place) {
        return sql.one(
                        """
                SELECT 1 FROM identity i JOIN consent c ON c.channel=i.channel AND c.type=i.type AND c.value=i.value
                WHERE i.channel=? AND i.value=? AND c.given=0 AND NOT EXISTS(SELECT 1 FROM consent l WHERE l.channel=c.channel
                  AND l.type=c.type AND l.value=c.value AND l.purpose=c.purpose AND l.at>c.at)
                UNION ALL SELECT 1 FROM lane WHERE lane=? LIMIT 1""",
                        row -> true,
                        place.channel(),
                        place.address(),
                        Lanes.inbox(place.channel(), place.address()))
                .isPresent();
    }

    private void unused(List<String> files) {
        for (String file : files.stream().distinct().toList()) {
            if (!rows.used(file)) {
                sql.update("INSERT INTO unused_file(sha256) VALUES(?) ON CONFLICT DO NOTHING", file);
            }
        }
    }

    /** Files that nobody had when their row went, behind one of them. */
    public List<String> unusedFiles(String after, int most) {
        return sql.all(
                "SELECT sha256 FROM unused_file WHERE sha256>? ORDER BY sha256 LIMIT ?",
                row -> row.getString(1),
                after,
                most);
    }

    /** Whether somebody has these bytes by now. */
    public boolean isUsed(String file) {
        return rows.used(file);
    }

    /** A file is gone, or somebody has it. */
    public void forgetFile(String file) {
        sql.update("DELETE FROM unused_file WHERE sha256=?", file);
    }

    /** The smallest id that can have been made at a time. */
    static String firstId(long millis) {
        String hex = String.format(Locale.ROOT, "%012x", Math.max(0, millis));
        return hex.substring(0, 8) + "-" + hex.substring(8);
    }
}
