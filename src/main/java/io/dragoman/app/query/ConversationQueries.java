// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.store.Conversations;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.ReadAccess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conversations and their messages. Blocks. */
public final class ConversationQueries {
    private final ReadAccess store;
    private final ConversationSearch search;

    public ConversationQueries(ReadAccess store, ConversationSearch search) {
        this.store = store;
        this.search = search;
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

    /** A conversation and whom it is with. */
    public record ConversationDetail(
            Conversation conversation, @Nullable Contact contact) {}

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
                        conversation, tx.contacts().find(conversation.contact()).orElse(null))));
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
