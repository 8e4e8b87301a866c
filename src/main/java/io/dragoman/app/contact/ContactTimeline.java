// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import io.dragoman.app.query.PlainWords;
import io.dragoman.model.Contact;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
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
        MERGE
    }

    /**
     * Something that happened.
     *
     * @param id of the message or merge, or of the conversation with what happened to it
     * @param what {@code started}, {@code closed}, {@code merged} or {@code unmerged}; null for a message
     * @param text the beginning of a message, or why contacts were merged
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
        tx.contactList().conversations(contact.id(), MOST_CONVERSATIONS).forEach(one -> conversation(one, all));
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

    private static void conversation(ContactList.Held one, List<Entry> all) {
        all.add(conversation(one, one.conversation().createdAt(), "started"));
        if (one.closedAt() != null) {
            all.add(conversation(one, one.closedAt(), "closed"));
        }
    }

    private static Entry conversation(ContactList.Held one, Instant at, String what) {
        return new Entry(
                at,
                Kind.CONVERSATION,
                one.conversation().id() + ":" + what,
                one.conversation().channel(),
                one.conversation().id(),
                null,
                null,
                null,
                null,
                what,
                one.conversation().subject());
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
