// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.AgentTyping;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Served;
import io.dragoman.model.Conversation;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.work.FeedWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Shows customers that an agent is typing, as far as their channel can and they are there. Nothing of it is stored, nothing
 * waits for it, and what comes too fast is dropped. Thread-safe.
 */
public final class TypingRelay {
    /** The same of one conversation is passed on once in this time. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Store store;
    private final ConnectorRegistry registry;
    private final FeedWatch watch;
    private final Executor worker;
    private final TypingRate rate = new TypingRate(AGAIN);

    private record Place(
            Conversation conversation, @Nullable String movedTo) {}

    public TypingRelay(Store store, ConnectorRegistry registry, FeedWatch watch) {
        this(store, registry, watch, TypingRate.workers("dragoman-typing", 1));
    }

    TypingRelay(Store store, ConnectorRegistry registry, FeedWatch watch, Executor worker) {
        this.store = store;
        this.registry = registry;
        this.watch = watch;
        this.worker = worker;
    }

    /** Passes on what a desk told, in a conversation that it has now; does not wait. */
    public void typing(String desk, AgentTyping typing) {
        String named = desk + " " + typing.conversation() + " " + typing.reference();
        if (rate.isNews(named, typing.typing(), System.nanoTime())) {
            worker.execute(() -> show(desk, typing));
        }
    }

    private void show(String desk, AgentTyping typing) {
        try {
            find(desk, typing).ifPresent(place -> show(place, typing));
        } catch (StoreException e) {
            // nobody sees it this time
        }
    }

    private Optional<Place> find(String desk, AgentTyping typing) {
        return store.read(tx -> NamedConversation.assignedNow(tx, desk, typing.conversation(), typing.reference())
                .map(Versioned::conversation)
                .map(found -> new Place(
                        found,
                        tx.feeds().movedTo(found.channel(), found.address()).orElse(null))));
    }

    private void show(Place place, AgentTyping typing) {
        Conversation conversation = place.conversation();
        Optional<ConfiguredAccount> channel = registry.find(conversation.channel());
        if (channel.isPresent() && channel.get().connector() instanceof Served served) {
            String address = place.movedTo() == null ? conversation.address() : place.movedTo();
            served.typing(typing).ifPresent(content -> watch.signal(conversation.channel(), address, content));
        }
    }
}
