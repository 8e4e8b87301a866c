// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.app.ticket.DeskTicket;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.store.Conversations;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conversations and their messages. Blocks. */
public final class ConversationQueries {
    private static final int AT_ONCE = 500;
    private static final int MOST_LOOKED_AT = 10_000;

    private final ReadAccess store;
    private final ConversationSearch search;
    private final DeskTicket.Pages tickets;

    /** @param tickets where desks show theirs */
    public ConversationQueries(ReadAccess store, ConversationSearch search, DeskTicket.Pages tickets) {
        this.store = store;
        this.search = search;
        this.tickets = tickets;
    }

    /**
     * Conversations by last change.
     *
     * @param next what to ask for as {@code before} to get the following ones; null when these were the last
     * @param search null where no words were searched for
     */
    public record ConversationPage(
            List<ListedConversation> conversations,
            @Nullable String next,
            @Nullable SearchState search) {}

    /**
     * The index that was searched.
     *
     * @param complete whether it holds all that the store does, but for the last seconds
     */
    public record SearchState(boolean complete) {}

    /**
     * A conversation and whom it is with.
     *
     * @param ticket what it is at its desk; null while it is nothing there
     */
    public record ConversationDetail(
            Conversation conversation,
            @Nullable Contact contact,
            @Nullable DeskTicket ticket) {}

    /**
     * Messages in order.
     *
     * @param next what to ask for as {@code after}; null when these were the last
     */
    public record MessagePage(
            List<ThreadMessage> messages, @Nullable Long next) {}

    /**
     * A page of conversations, the latest change first.
     *
     * @param before only those that changed last before this time, in milliseconds of the epoch, or at it with a
     *     smaller id than {@code id}
     */
    public ConversationPage page(Conversations.Filter filter, long before, String id, int most) {
        List<ListedConversation> found =
                store.read(tx -> ListedConversation.of(tx, tx.conversations().page(filter, before, id, most + 1)));
        if (found.size() <= most) {
            return new ConversationPage(found, null, null);
        }
        Conversation last = found.get(most - 1).conversation();
        return new ConversationPage(found.subList(0, most), last.updatedAt() + "," + last.id(), null);
    }

    /**
     * The same of those whose customer waits for an answer. Where few wait, a page ends after some thousands that do not,
     * and may have fewer than were asked for.
     */
    public ConversationPage waiting(Conversations.Filter filter, long before, String id, int most) {
        List<ListedConversation> found = new ArrayList<>();
        long millis = before;
        String last = id;
        for (int left = MOST_LOOKED_AT; left > 0; left -= AT_ONCE) {
            Place from = new Place(millis, last);
            List<ListedConversation> waiting = new ArrayList<>();
            Place next = store.read(tx -> waiting(tx, filter, from, waiting));
            for (ListedConversation one : waiting) {
                if (found.size() == most) {
                    Conversation end = found.get(most - 1).conversation();
                    return new ConversationPage(found, end.updatedAt() + "," + end.id(), null);
                }
                found.add(one);
            }
            if (next == null) {
                return new ConversationPage(found, null, null);
            }
            millis = next.millis();
            last = next.id();
        }
        return new ConversationPage(found, Instant.ofEpochMilli(millis) + "," + last, null);
    }

    private record Place(long millis, String id) {}

    /** Those of the next few that wait; the place after them, or null where there are no more. */
    private static @Nullable Place waiting(
            Tx tx, Conversations.Filter filter, Place from, List<ListedConversation> found) {
        List<Versioned> page = tx.conversations().page(filter, from.millis(), from.id(), AT_ONCE);
        Map<String, Instant> waiting = tx.figures()
                .waiting(page.stream().map(one -> one.conversation().id()).toList());
        found.addAll(ListedConversation.of(
                tx,
                page.stream()
                        .filter(one -> waiting.containsKey(one.conversation().id()))
                        .toList()));
        Conversation last = page.isEmpty() ? null : page.get(page.size() - 1).conversation();
        return page.size() < AT_ONCE || last == null
                ? null
                : new Place(last.updatedAt().toEpochMilli(), last.id());
    }

    /** The same of those that have all these words; empty where the index cannot be used now. */
    public Optional<ConversationPage> search(
            String words, Conversations.Filter filter, long before, String id, int most) {
        return search.find(words, filter, before, id, most + 1).map(found -> {
            List<ConversationSearch.Hit> hits =
                    found.hits().subList(0, Math.min(most, found.hits().size()));
            List<String> ids = hits.stream().map(ConversationSearch.Hit::id).toList();
            ConversationSearch.Hit last = hits.isEmpty() ? null : hits.get(hits.size() - 1);
            boolean more = found.hits().size() > most;
            return new ConversationPage(
                    store.read(
                            tx -> ListedConversation.of(tx, tx.conversations().all(ids))),
                    more && last != null ? last.updatedAt() + "," + last.id() : null,
                    new SearchState(found.complete()));
        });
    }

    /** The conversations that a desk has or had under its own id for them: an open one first, then the latest. */
    public ConversationPage ofDesk(String desk, String reference) {
        return new ConversationPage(
                store.read(
                        tx -> ListedConversation.of(tx, tx.conversationDesks().byReference(desk, reference))),
                null,
                null);
    }

    /** A conversation with its contact. */
    public Optional<ConversationDetail> find(String id) {
        return store.read(tx -> tx.conversations()
                .find(id)
                .map(Versioned::conversation)
                .map(conversation -> new ConversationDetail(
                        conversation,
                        tx.contacts().find(conversation.contact()).orElse(null),
                        DeskTicket.of(conversation, tickets))));
    }

    /** A page of messages after a number; empty when there is no such conversation. */
    public Optional<MessagePage> messages(String conversation, long after, int most) {
        return store.read(tx -> tx.conversations()
                        .find(conversation)
                        .map(known -> ThreadMessage.of(tx, tx.threadView().of(conversation, after, most + 1))))
                .map(found -> found.size() <= most
                        ? new MessagePage(found, null)
                        : new MessagePage(
                                found.subList(0, most),
                                found.get(most - 1).message().sequence()));
    }

    public Optional<Message> message(String id) {
        return store.read(tx -> tx.messages().find(id));
    }
}
