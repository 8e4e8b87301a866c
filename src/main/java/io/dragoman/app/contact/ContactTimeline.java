// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import io.dragoman.app.query.PlainWords;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.store.ContactList;
import io.dragoman.store.ContactMerges.Merge;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that happened with a contact, over all channels. Blocks. */
public final class ContactTimeline {
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_CONVERSATIONS = 1_000;
    /** So many more are read than shown, for those that happened in the very millisecond at which a page ends. */
    private static final int AT_ONE_TIME = 200;

    private static final Comparator<Entry> LATEST_FIRST =
            Comparator.comparing(Entry::at).thenComparing(Entry::id).reversed();

    private final ReadAccess store;

    public ContactTimeline(ReadAccess store) {
        this.store = store;
    }

    /** What an entry is about. */
    public enum Kind {
        MESSAGE,
        CONVERSATION,
        REACTION,
        DELIVERY,
        MERGE
    }

    /**
     * Something that happened.
     *
     * @param id of the message, delivery or merge, or of the conversation with what happened to it
     * @param what {@code started}, {@code closed}, {@code reopened}, {@code handed-over}, {@code merged} or {@code unmerged},
     *     or how a delivery ended; null for a message
     * @param text the beginning of a message, its reaction, where a delivery went and why it ended so, or why contacts were
     *     merged
     */
    public record Entry(
            Instant at,
            Kind kind,
            String id,
            @Nullable String channel,
            @Nullable String conversation,
            @Nullable String message,
            Message.@Nullable Direction direction,
            Message.@Nullable Author author,
            @Nullable Status status,
            @Nullable String what,
            @Nullable String text) {
        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /**
     * Entries, the latest first.
     *
     * @param next what to ask for as {@code before} to get the earlier ones; null when these were the first
     */
    public record TimelinePage(
            List<Entry> entries, @Nullable String next) {}

    /**
     * A page, the latest first; empty where there is no such contact.
     *
     * @param before in milliseconds; only what happened earlier
     * @param beforeId and of that very millisecond what has a smaller id
     */
    public Optional<TimelinePage> page(String contact, long before, String beforeId, int most) {
        return store.read(tx -> tx.contacts().find(contact).map(found -> page(tx, found, before, beforeId, most)));
    }

    private static TimelinePage page(Tx tx, Contact contact, long before, String beforeId, int most) {
        List<Entry> all = new ArrayList<>();
        tx.contactList()
                .messages(contact.id(), before, beforeId, most + 1)
                .forEach(one -> all.add(message(one.channel(), one.message())));
        tx.contactList()
                .conversations(contact.id(), MOST_CONVERSATIONS)
                .forEach(one -> all.add(started(one.conversation())));
        int room = most + AT_ONE_TIME;
        tx.contactList().turns(contact.id(), before, room).forEach(one -> all.add(turn(one)));
        tx.contactList().handOvers(contact.id(), before, room).forEach(one -> all.add(handedOver(one)));
        tx.contactList().reactions(contact.id(), before, room).forEach(one -> all.add(reaction(one)));
        tx.contactList().troubles(contact.id(), before, room).forEach(one -> all.add(trouble(one)));
        tx.merges().of(contact.id()).forEach(merge -> merge(merge, all));
        List<Entry> page = all.stream()
                .filter(one -> one.at().toEpochMilli() < before
                        || (one.at().toEpochMilli() == before && one.id().compareTo(beforeId) < 0))
                .sorted(LATEST_FIRST)
                .limit(most + 1L)
                .toList();
        if (page.size() <= most) {
            return new TimelinePage(page, null);
        }
        Entry last = page.get(most - 1);
        return new TimelinePage(page.subList(0, most), last.at() + "," + last.id());
    }

    private static Entry message(String channel, Message one) {
        return new Entry(
                one.receivedAt(),
                Kind.MESSAGE,
                one.id(),
                channel,
                one.conversation(),
                one.id(),
                one.direction(),
                one.author(),
                one.status(),
                null,
                PlainWords.line(one, LONGEST_TEXT));
    }

    private static Entry started(Conversation one) {
        return conversation(one.createdAt(), one.id() + ":started", one.channel(), one.id(), "started", one.subject());
    }

    private static Entry turn(ContactList.Turn one) {
        String what = one.state() == State.CLOSED ? "closed" : "reopened";
        String id = one.conversation() + ":" + what + ":" + one.n();
        return conversation(one.at(), id, one.channel(), one.conversation(), what, null);
    }

    private static Entry handedOver(ContactList.HandedOver one) {
        return conversation(
                one.at(),
                one.conversation() + ":handed-over",
                one.channel(),
                one.conversation(),
                "handed-over",
                "to " + one.desk() + ": " + one.reason());
    }

    private static Entry conversation(
            Instant at, String id, String channel, String conversation, String what, @Nullable String text) {
        return new Entry(at, Kind.CONVERSATION, id, channel, conversation, null, null, null, null, what, text);
    }

    private static Entry reaction(ContactList.Reacted one) {
        return new Entry(
                one.at(),
                Kind.REACTION,
                one.message() + ":reaction",
                one.channel(),
                one.conversation(),
                one.message(),
                null,
                null,
                null,
                null,
                one.emoji());
    }

    private static Entry trouble(ContactList.Trouble one) {
        String why = one.reason() == null ? "" : ": " + Words.of(one.reason());
        return new Entry(
                one.at(),
                Kind.DELIVERY,
                one.delivery(),
                one.channel(),
                one.conversation(),
                one.message(),
                null,
                null,
                null,
                Words.of(one.state()),
                "to " + one.target() + why);
    }

    private static void merge(Merge merge, List<Entry> all) {
        all.add(merge(merge, merge.at(), "merged"));
        if (merge.undoneAt() != null) {
            all.add(merge(merge, merge.undoneAt(), "unmerged"));
        }
    }

    private static Entry merge(Merge merge, Instant at, String what) {
        return new Entry(
                at, Kind.MERGE, merge.id() + ":" + what, null, null, null, null, null, null, what, merge.why());
    }
}
