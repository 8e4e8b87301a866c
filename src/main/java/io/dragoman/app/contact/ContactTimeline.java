// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import io.dragoman.app.query.PlainWords;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.store.ContactList;
import io.dragoman.store.ContactList.Held;
import io.dragoman.store.ContactList.Spoken;
import io.dragoman.store.ContactMerges.Merge;
import io.dragoman.store.Deliveries;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that happened with a contact, over all channels. Blocks. */
public final class ContactTimeline {
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_CONVERSATIONS = 1_000;
    private static final int MOST_ORDERS = 1_000;
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
        SURVEY,
        POLL,
        /** Of an answer in public. */
        APPROVAL,
        ANSWER,
        CONSENT,
        MERGE,
        /** Made in a shop. */
        ORDER,
        DELIVERY,
        EVENT
    }

    /**
     * Something that happened.
     *
     * @param id of the message, merge, delivery or event, or of the conversation with what happened to it
     * @param what {@code started}, {@code closed}, {@code reopened}, {@code handed-over}, {@code merged} or {@code unmerged};
     *     {@code asked} or {@code answered} of a survey or a poll; {@code asked}, {@code approved},
     *     {@code refused} or {@code expired} of an approval; {@code answered}, {@code helped} or {@code missed} of the FAQ;
     *     {@code given} or {@code withdrawn} of a consent; what a delivery does, the type of an event, an order's number; null for a
     *     message and a reaction
     * @param name of a survey, of a poll with its question, the purpose of a consent, or who wrote or decided on what waits for
     *     approval
     * @param score that the customer gave
     * @param target the channel or desk that a delivery goes to, or that an event came from
     * @param state of a delivery, an event or an order
     * @param text the beginning of a message or of what waits for approval, an answer to a poll, a reaction, an order's total, the comment to a survey, the question of the FAQ that was answered
     *     and its source, why a bot handed over, why contacts were merged, or how it came to a consent
     */
    @RecordBuilder
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
            @Nullable String name,
            @Nullable Integer score,
            @Nullable String target,
            @Nullable String state,
            @Nullable Reason reason,
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
     * Which entries.
     *
     * @param before in milliseconds; only what happened earlier
     * @param beforeId and of that very millisecond what has a smaller id
     * @param work whether deliveries and events are among them
     */
    public record Range(long before, String beforeId, int most, boolean work) {}

    /** A page, the latest first; empty where there is no such contact. */
    public Optional<TimelinePage> page(String contact, Range range) {
        return store.read(tx -> tx.contacts().find(contact).map(found -> page(tx, found, range)));
    }

    private static TimelinePage page(Tx tx, Contact contact, Range range) {
        long before = range.before();
        String beforeId = range.beforeId();
        int most = range.most();
        List<Entry> all = new ArrayList<>();
        List<Spoken> messages = tx.contactList().messages(contact.id(), before, beforeId, most + 1);
        messages.forEach(one -> all.add(message(one.channel(), one.message())));
        List<Conversation> conversations = tx.contactList().conversations(contact.id(), MOST_CONVERSATIONS).stream()
                .map(Held::conversation)
                .toList();
        conversations.forEach(one -> all.add(started(one)));
        int room = most + AT_ONE_TIME;
        tx.contactList().turns(contact.id(), before, room).forEach(one -> all.add(turn(one)));
        tx.contactList().handOvers(contact.id(), before, room).forEach(one -> all.add(handedOver(one)));
        tx.contactList().reactions(contact.id(), before, room).forEach(one -> all.add(reaction(one)));
        all.addAll(ContactFacts.surveys(tx, contact, before, room));
        all.addAll(ContactFacts.polls(tx, contact, before, room));
        Map<String, String> channels =
                conversations.stream().collect(Collectors.toMap(Conversation::id, Conversation::channel));
        all.addAll(ContactFacts.approvals(tx, contact, channels, before, room));
        all.addAll(ContactFacts.consents(tx, contact, before, room));
        all.addAll(ContactFacts.answers(tx, messages));
        tx.merges().of(contact.id()).forEach(merge -> merge(merge, all));
        tx.contacts().orders(contact, MOST_ORDERS).forEach(one -> all.add(order(one)));
        if (range.work()) {
            tx.contactList()
                    .deliveries(contact.id(), before, beforeId, most + 1)
                    .forEach(one -> all.add(delivery(one.channel(), one.delivery())));
            tx.contactList().events(contact.id(), before, beforeId, most + 1).forEach(one -> all.add(event(one)));
        }
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

    static ContactTimelineEntryBuilder entry(Kind kind, String id, Instant at) {
        return ContactTimelineEntryBuilder.builder().kind(kind).id(id).at(at);
    }

    private static Entry message(String channel, Message one) {
        return entry(Kind.MESSAGE, one.id(), one.receivedAt())
                .channel(channel)
                .conversation(one.conversation())
                .message(one.id())
                .direction(one.direction())
                .author(one.author())
                .status(one.status())
                .text(PlainWords.line(one, LONGEST_TEXT))
                .build();
    }

    private static Entry delivery(String channel, Deliveries.Stored one) {
        return entry(Kind.DELIVERY, one.id(), one.createdAt())
                .channel(channel)
                .conversation(one.conversation())
                .message(one.message())
                .what(Words.of(one.kind()))
                .target(one.target())
                .state(Words.of(one.state()))
                .reason(one.reason())
                .build();
    }

    private static Entry event(ContactList.Happened one) {
        return entry(Kind.EVENT, one.id(), one.at())
                .channel(one.channel())
                .conversation(one.conversation())
                .message(one.message())
                .what(one.type())
                .target(one.source())
                .state(Words.of(one.state()))
                .build();
    }

    private static Entry started(Conversation one) {
        return conversation(one.id(), one.channel(), "started", one.id() + ":started", one.createdAt())
                .text(one.subject())
                .build();
    }

    private static Entry turn(ContactList.Turn one) {
        String what = one.state() == State.CLOSED ? "closed" : "reopened";
        String id = one.conversation() + ":" + what + ":" + one.n();
        return conversation(one.conversation(), one.channel(), what, id, one.at())
                .build();
    }

    private static Entry handedOver(ContactList.HandedOver one) {
        String id = one.conversation() + ":handed-over";
        return conversation(one.conversation(), one.channel(), "handed-over", id, one.at())
                .target(one.desk())
                .text(one.reason())
                .build();
    }

    private static ContactTimelineEntryBuilder conversation(
            String conversation, String channel, String what, String id, Instant at) {
        return entry(Kind.CONVERSATION, id, at)
                .channel(channel)
                .conversation(conversation)
                .what(what);
    }

    private static Entry reaction(ContactList.Reacted one) {
        return entry(Kind.REACTION, one.message() + ":reaction", one.at())
                .channel(one.channel())
                .conversation(one.conversation())
                .message(one.message())
                .text(one.emoji())
                .build();
    }

    private static Entry order(CustomerOrder one) {
        return entry(Kind.ORDER, "order:" + one.id(), one.at())
                .what(one.number())
                .state(one.status())
                .text(one.total() == null ? null : one.total() + (one.currency() == null ? "" : " " + one.currency()))
                .build();
    }

    private static void merge(Merge merge, List<Entry> all) {
        all.add(merge(merge, merge.at(), "merged"));
        if (merge.undoneAt() != null) {
            all.add(merge(merge, merge.undoneAt(), "unmerged"));
        }
    }

    private static Entry merge(Merge merge, Instant at, String what) {
        return entry(Kind.MERGE, merge.id() + ":" + what, at)
                .what(what)
                .text(merge.why())
                .build();
    }
}
