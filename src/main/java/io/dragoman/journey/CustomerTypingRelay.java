// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.CustomerTyping;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TypingDisplay;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a conversation's desk that the customer is typing, where it can show that. Nothing of it is stored or repeated,
 * nothing waits for it, what comes too fast or cannot go at once is dropped, and its failures count for nothing.
 * Thread-safe.
 */
public final class CustomerTypingRelay {
    private static final Logger LOG = LoggerFactory.getLogger(CustomerTypingRelay.class);

    /** The same of one conversation is told once in this time. */
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private static final int WORKERS = 16;
    /** So that a desk that hangs holds up no other. */
    private static final int AT_ONCE = 8;

    private final Store store;
    private final ConnectorRegistry registry;
    private final Transport transport;
    private final Supplier<String> ids;
    private final Clock clock;
    private final Predicate<String> reachable;
    private final Executor worker;
    private final TypingRate rate = new TypingRate(AGAIN);
    private final Map<String, Semaphore> underWay = new ConcurrentHashMap<>();

    private record Place(Conversation conversation, Contact contact) {}

    /** @param reachable whether something goes to the desk of an id now */
    public CustomerTypingRelay(
            Store store,
            ConnectorRegistry registry,
            Transport transport,
            Supplier<String> ids,
            Clock clock,
            Predicate<String> reachable) {
        this.store = store;
        this.registry = registry;
        this.transport = transport;
        this.ids = ids;
        this.clock = clock;
        this.reachable = reachable;
        this.worker = TypingRate.workers("dragoman-customer-typing", WORKERS);
    }

    /** Passes on what a channel told; does not wait. */
    public void typing(String channel, CustomerTyping typing) {
        if (registry.all().noneMatch(CustomerTypingRelay::shows)) {
            return;
        }
        String named = channel + " " + typing.chat() + " " + typing.identities();
        if (rate.isNews(named, typing.typing(), System.nanoTime())) {
            worker.execute(() -> tell(channel, typing));
        }
    }

    private static boolean shows(ConfiguredAccount configured) {
        return configured.connector() instanceof TypingDisplay display && display.showsTyping(configured.account());
    }

    private void tell(String channel, CustomerTyping typing) {
        try {
            Optional<Place> place = store.read(tx -> find(tx, channel, typing));
            if (place.isPresent()) {
                tell(place.get(), typing.typing());
            }
        } catch (StoreException e) {
            // nobody sees it this time
        }
    }

    /** The conversation that a message of theirs would join; it opens none. */
    private static Optional<Place> find(Tx tx, String channel, CustomerTyping typing) {
        return tx.contacts().byIdentity(channel, typing.identities()).flatMap(contact -> {
            String thread = typing.chat() == null
                    ? Converse.threadOf(contact)
                    : tx.conversations().threadOf(channel, typing.chat());
            return tx.conversations()
                    .latest(channel, thread)
                    .map(Versioned::conversation)
                    .filter(found -> found.status() == Conversation.State.OPEN)
                    .map(found -> new Place(found, contact));
        });
    }

    private void tell(Place place, boolean typing) {
        String desk = place.conversation().desk();
        Optional<ConfiguredAccount> configured = desk == null ? Optional.empty() : registry.find(desk);
        if (configured.filter(CustomerTypingRelay::shows).isEmpty() || !reachable.test(desk)) {
            return;
        }
        Semaphore places = underWay.computeIfAbsent(desk, id -> new Semaphore(AT_ONCE));
        if (!places.tryAcquire()) {
            return;
        }
        try {
            TypingDisplay display = (TypingDisplay) configured.get().connector();
            TypingDisplay.TypingNotice notice = new TypingDisplay.TypingNotice(
                    ids.get(), clock.instant(), place.conversation(), place.contact(), typing);
            Outcome outcome = display.showTyping(configured.get().account(), notice, transport);
            if (!(outcome instanceof Outcome.Sent)) {
                LOG.debug("{}: it was not told that a customer is typing: {}", desk, outcome);
            }
        } finally {
            places.release();
        }
    }
}
