// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.store.Erasures.Place;
import io.dragoman.store.Erasures.Subject;
import io.dragoman.store.Erasures.Told;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Takes a person out of every table, in one transaction. What the ledger counts keeps its row without anything in it: events,
 * stored requests, deliveries and attempts. Who works on something of theirs at that moment is fenced.
 */
public final class ErasedRows {
    private static final String OURS = " IN (SELECT value FROM texts(?))";
    private static final String THEIRS = "message IN (SELECT id FROM message WHERE conversation" + OURS + ")";
    private static final String NOBODY = "erased";

    private final Sql sql;
    private final ErasedKeys keys;
    private final Erasures erasures;
    private final CustomerOrders orders;
    private final LookedUp lookedUp;

    ErasedRows(Sql sql, ErasedKeys keys, Erasures erasures, CustomerOrders orders, LookedUp lookedUp) {
        this.orders = orders;
        this.lookedUp = lookedUp;
        this.sql = sql;
        this.keys = keys;
        this.erasures = erasures;
    }

    /**
     * What was found of a person beside what is linked to them.
     *
     * @param events ids of all that is about them
     * @param raws ids of the stored requests that tell of them
     */
    public record Found(Set<String> events, Set<String> raws) {}

    /** Erases, and notes which files are still to go. */
    public void erase(String erasure, Subject subject, Found found, long now) {
        erase(erasure, subject, found, new TreeMap<>(), now);
    }

    private void erase(String erasure, Subject subject, Found found, Map<String, Long> counts, long now) {
        List<String> files = new ArrayList<>();
        List<String> conversations = subject.conversations();
        Set<String> lanes = new LinkedHashSet<>();
        subject.places().forEach(one -> lanes.add(Lanes.inbox(one.channel(), one.address())));
        deliveries(conversations, now, lanes, counts);
        events(List.copyOf(found.events()), now, lanes, counts);
        files.addAll(messages(conversations, counts));
        files.addAll(raws(List.copyOf(found.raws()), counts));
        conversations(conversations, counts);
        sql.update("DELETE FROM auto_reply WHERE conversation" + OURS, conversations);
        sql.update("DELETE FROM change WHERE conversation" + OURS, conversations);
        places(subject.places(), counts);
        contacts(subject.contacts(), counts);
        lanes.forEach(this::recount);
        List<String> unused =
                files.stream().distinct().filter(file -> !used(file)).toList();
        counts.put("files", (long) unused.size());
        erasures.erased(erasure, unused, counts, now);
    }

    /**
     * Erases conversations that nothing waits for, and all that belongs to them alone; the events that brought it stay.
     *
     * @return the files of their media, which others may have too
     */
    List<String> conversationsOf(List<String> conversations, long now, Map<String, Long> counts) {
        emptyDeliveries(deliveriesOf(conversations), now, counts);
        sql.update("DELETE FROM auto_reply WHERE " + THEIRS, conversations);
        List<String> files = emptyConversations(conversations, counts);
        conversations(conversations, counts);
        return files;
    }

    /** Erases a contact that has no conversation. */
    void contact(Subject subject, Map<String, Long> counts) {
        places(subject.places(), counts);
        contacts(subject.contacts(), counts);
    }

    /** Erases what a shop told of a customer. */
    public void erase(String erasure, Told told, Found found, long now) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("orders", (long) orders.forget(told));
        counts.put("attributes", (long) lookedUp.forget(told));
        erase(erasure, new Subject(List.of(), List.of(), Set.of()), found, counts, now);
    }

    private void count(Map<String, Long> counts, String what, String update, Object... values) {
        counts.merge(what, (long) sql.update(update, values), Long::sum);
    }

    private void deliveries(List<String> conversations, long now, Set<String> lanes, Map<String, Long> counts) {
        List<String> ids = deliveriesOf(conversations);
        lanes.addAll(sql.all("SELECT DISTINCT lane FROM delivery WHERE id" + OURS, row -> row.getString(1), ids));
        emptyDeliveries(ids, now, counts);
    }

    /** Those of their messages, and those of no message. */
    private List<String> deliveriesOf(List<String> conversations) {
        return sql.all(
                "SELECT d.id FROM message m JOIN delivery d ON d.message=m.id WHERE m.conversation" + OURS
                        + " UNION SELECT id FROM delivery WHERE message IS NULL AND conversation" + OURS,
                row -> row.getString(1),
                conversations,
                conversations);
    }

    private void emptyDeliveries(List<String> ids, long now, Map<String, Long> counts) {
        count(counts, "attempts", "UPDATE attempt SET detail=NULL, external_id=NULL WHERE delivery" + OURS, ids);
        count(counts, "deliveries", """
                UPDATE delivery SET lane='erased', key='erased:'||id, event='erased', message=NULL, conversation='erased',
                  payload='{}', detail=NULL, done_at=COALESCE(done_at,?),
                  state=CASE WHEN state IN('DELIVERED','CANCELLED') THEN state ELSE 'CANCELLED' END WHERE id""" + OURS, now, ids);
    }

    private record Key(String id, String source, String key, String lane) {}

    private void events(List<String> events, long now, Set<String> lanes, Map<String, Long> counts) {
        List<Key> found = sql.all(
                "SELECT id, source, key, lane FROM event WHERE id" + OURS,
                row -> new Key(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                events);
        sql.update("DELETE FROM decision WHERE event" + OURS, events);
        sql.update("DELETE FROM early_news WHERE event" + OURS, events);
        sql.update("DELETE FROM early_receipt WHERE event" + OURS, events);
        for (Key one : found) {
            lanes.add(one.lane());
            count(counts, "events", """
                    UPDATE event SET key=?, lane='erased', type='erased', content='{}', done_at=COALESCE(done_at,?),
                      reason=CASE WHEN state='DONE' THEN NULL ELSE 'erased' END,
                      kind=CASE WHEN state='DONE' THEN NULL ELSE 'operator.erased' END,
                      state=CASE WHEN state='DONE' THEN state ELSE 'IGNORED' END WHERE id=?""", keys.key(one.source(), one.key()), now, one.id());
        }
    }

    /** The files of their media. */
    private List<String> messages(List<String> conversations, Map<String, Long> counts) {
        sql.all(
                        "SELECT channel, external_id FROM external WHERE " + THEIRS,
                        row -> new Place(row.getString(1), row.getString(2)),
                        conversations)
                .forEach(this::external);
        return emptyConversations(conversations, counts);
    }

    /** Takes the messages out of them; the files of their media. */
    private List<String> emptyConversations(List<String> conversations, Map<String, Long> counts) {
        List<String> files = sql.all(
                "SELECT sha256 FROM media WHERE sha256 IS NOT NULL AND " + THEIRS,
                row -> row.getString(1),
                conversations);
        sql.update("DELETE FROM external WHERE " + THEIRS, conversations);
        count(counts, "reactions", "DELETE FROM reaction WHERE " + THEIRS, conversations);
        count(counts, "media", "DELETE FROM media WHERE " + THEIRS, conversations);
        count(counts, "messages", "DELETE FROM message WHERE conversation" + OURS, conversations);
        return files;
    }

    private void external(Place one) {
        keys.addExternal(one.channel(), one.address());
        sql.update("DELETE FROM early_receipt WHERE channel=? AND external_id=?", one.channel(), one.address());
        sql.update("DELETE FROM early_news WHERE channel=? AND external_id=?", one.channel(), one.address());
    }

    /** The files of their bodies. Whatever waits for what else came with a request keeps it until then. */
    List<String> raws(List<String> raws, Map<String, Long> counts) {
        Set<String> needed = new HashSet<>(sql.all(
                "SELECT DISTINCT raw FROM media WHERE state='PENDING' AND raw IS NOT NULL", row -> row.getString(1)));
        List<String> free = raws.stream().filter(raw -> !needed.contains(raw)).toList();
        List<String> files = sql.all(
                "SELECT body_file FROM raw WHERE body_file IS NOT NULL AND id" + OURS, row -> row.getString(1), free);
        for (String one : free) {
            count(
                    counts,
                    "requests",
                    "UPDATE raw SET path='erased', query='', headers='{}', body=?, body_file=NULL, body_sha256='' WHERE id=?",
                    new byte[0],
                    one);
        }
        return files;
    }

    private void conversations(List<String> conversations, Map<String, Long> counts) {
        for (String table : List.of(
                "DELETE FROM state_change WHERE conversation",
                "DELETE FROM former_reference WHERE conversation",
                "DELETE FROM conversation_desk WHERE conversation",
                "DELETE FROM bot_hand_over WHERE conversation",
                "DELETE FROM unread_mail WHERE conversation",
                "DELETE FROM timer WHERE conversation")) {
            sql.update(table + OURS, conversations);
        }
        count(counts, "approvals", "DELETE FROM approval WHERE conversation" + OURS, conversations);
        sql.update(
                "DELETE FROM poll_answer WHERE poll IN (SELECT id FROM poll WHERE conversation" + OURS + ")",
                conversations);
        count(counts, "polls", "DELETE FROM poll WHERE conversation" + OURS, conversations);
        count(counts, "surveys", "DELETE FROM survey WHERE conversation" + OURS, conversations);
        count(counts, "conversations", "DELETE FROM conversation WHERE id" + OURS, conversations);
    }

    private void places(Set<Place> places, Map<String, Long> counts) {
        List<String> addresses = places.stream().map(Place::address).distinct().toList();
        count(counts, "orders", "DELETE FROM customer_order WHERE email" + OURS, addresses);
        count(counts, "orders", "DELETE FROM customer_order WHERE phone" + OURS, addresses);
        count(counts, "attributes", "DELETE FROM looked_up WHERE value" + OURS, addresses);
        for (Place one : places) {
            for (String table : List.of(
                    "DELETE FROM feed WHERE channel=? AND address=?",
                    "DELETE FROM waiting_piece WHERE source=? AND lane=?",
                    "DELETE FROM feed_head WHERE channel=? AND address=?",
                    "DELETE FROM feed_head WHERE channel=? AND moved_to=?",
                    "DELETE FROM moved_chat WHERE channel=? AND address=?",
                    "DELETE FROM moved_chat WHERE channel=? AND former=?")) {
                count(counts, "addresses", table, one.channel(), one.address());
            }
        }
    }

    private void contacts(List<String> contacts, Map<String, Long> counts) {
        sql.update("DELETE FROM contact_merge WHERE survivor" + OURS, contacts);
        sql.update("DELETE FROM contact_merge WHERE merged" + OURS, contacts);
        sql.update("DELETE FROM auto_reply WHERE contact" + OURS, contacts);
        count(counts, "consents", """
                DELETE FROM consent WHERE EXISTS(SELECT 1 FROM identity i WHERE i.channel=consent.channel AND i.type=consent.type
                  AND i.value=consent.value AND i.contact IN (SELECT value FROM texts(?)))""", contacts);
        count(counts, "attributes", "DELETE FROM contact_attribute WHERE contact" + OURS, contacts);
        count(counts, "addresses", "DELETE FROM identity WHERE contact" + OURS, contacts);
        count(counts, "contacts", "DELETE FROM contact WHERE id" + OURS, contacts);
    }

    /** What is left in a lane, if anything, is for whoever claims it next: who held it is fenced by another epoch. */
    private void recount(String lane) {
        if (lane.equals(NOBODY) || lane.equals(Events.ENDED)) {
            return;
        }
        long left = sql.number("SELECT count(*) FROM event WHERE lane=? AND state='NEW'", lane)
                + sql.number(
                        "SELECT count(*) FROM delivery WHERE lane=? AND state IN('READY','SENDING','RETRY')", lane);
        if (left == 0) {
            sql.update("DELETE FROM lane WHERE lane=?", lane);
        } else {
            sql.update(
                    "UPDATE lane SET open=?, epoch=epoch+1, owner=NULL, lease_until=0, ready_at=0 WHERE lane=?",
                    left,
                    lane);
        }
    }

    /** Whether somebody else has the same bytes. */
    boolean used(String file) {
        return Stream.of("SELECT count(*) FROM media WHERE sha256=?", "SELECT count(*) FROM raw WHERE body_file=?")
                .anyMatch(query -> sql.number(query, file) > 0);
    }
}
