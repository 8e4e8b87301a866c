// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.EventCounter;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.CountedEvent;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Words;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.Cause;
import io.dragoman.store.Deliveries.Destination;
import io.dragoman.store.Deliveries.Kind;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Makes deliveries of what happened for the accounts that count it, in the transaction of what happened. What they say is words of
 * the product and of the configuration: no text, name, address or id of anybody. Whom it is about is looked up when it goes out.
 */
public final class CountedEvents {
    /** A shop's status is a word of its program; what is none is left out. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    private final ConnectorRegistry registry;
    private final Supplier<String> ids;

    CountedEvents(ConnectorRegistry registry, Supplier<String> ids) {
        this.registry = registry;
        this.ids = ids;
    }

    /** A message was written, which may have begun the conversation. */
    void begun(Tx tx, String event, ConversationMatch place, Conversation conversation, long now) {
        if (place.first()) {
            count(tx, event, event, CountedEvent.Type.CONVERSATION_OPENED, Map.of("opened", "new"), conversation, now);
        }
    }

    /** The conversation may have been closed, or opened again. */
    void changed(Tx tx, String event, Conversation before, Conversation after, long now) {
        if (before.status() == State.OPEN && after.status() == State.CLOSED) {
            count(tx, event, event, CountedEvent.Type.CONVERSATION_CLOSED, Map.of(), after, now);
        } else if (before.status() == State.CLOSED && after.status() == State.OPEN) {
            count(tx, event, event, CountedEvent.Type.CONVERSATION_OPENED, Map.of("opened", "again"), after, now);
        }
    }

    /** Either way. */
    void message(Tx tx, String event, Message message, Conversation conversation, long now) {
        CountedEvent.Type type = message.direction() == Message.Direction.IN
                ? CountedEvent.Type.MESSAGE_RECEIVED
                : CountedEvent.Type.MESSAGE_SENT;
        Map<String, String> details = Map.of(
                "direction",
                Words.of(message.direction()),
                "author",
                Words.of(message.author().kind()));
        count(tx, event, message.id(), type, details, conversation, now);
    }

    void survey(Tx tx, String event, String survey, int score, Conversation conversation, long now) {
        Map<String, String> details = Map.of("survey", survey);
        for (String account : counting(CountedEvent.Type.SURVEY_ANSWERED)) {
            CountedEvent answered = CountedEvent.of(
                    CountedEvent.Type.SURVEY_ANSWERED, Instant.ofEpochMilli(now), conversation, details);
            insert(tx, account, event, event, answered.scored(score), conversation, now);
        }
    }

    /** What was answered stays here: it may be a text. */
    void poll(Tx tx, String event, String poll, Conversation conversation, long now) {
        count(tx, event, event, CountedEvent.Type.POLL_ANSWERED, Map.of("poll", poll), conversation, now);
    }

    /** In the conversation of the customer that changed last; of who has none nothing is told. */
    void order(Tx tx, String event, CustomerOrder order, Contact contact, long now) {
        if (!counting(CountedEvent.Type.ORDER_CHANGED).isEmpty()) {
            Map<String, String> details =
                    WORD.matcher(order.status()).matches() ? Map.of("status", order.status()) : Map.of();
            String cause = event + ":" + contact.id();
            tx.contactList().lastChanged(contact.id(), 1).stream()
                    .findFirst()
                    .ifPresent(last -> count(tx, event, cause, CountedEvent.Type.ORDER_CHANGED, details, last, now));
        }
    }

    private void count(
            Tx tx,
            String event,
            String cause,
            CountedEvent.Type type,
            Map<String, String> details,
            Conversation conversation,
            long now) {
        for (String account : counting(type)) {
            CountedEvent happened = CountedEvent.of(type, Instant.ofEpochMilli(now), conversation, details);
            insert(tx, account, event, cause, happened, conversation, now);
        }
    }

    private List<String> counting(CountedEvent.Type type) {
        return registry.now().channels().values().stream()
                .filter(one -> counts(one, type))
                .map(one -> one.account().id())
                .sorted()
                .toList();
    }

    private static boolean counts(ConfiguredAccount configured, CountedEvent.Type type) {
        return configured.connector() instanceof EventCounter counter
                && counter.counts(configured.account()).contains(type);
    }

    private void insert(
            Tx tx,
            String account,
            String event,
            String cause,
            CountedEvent happened,
            Conversation conversation,
            long now) {
        tx.deliveries()
                .insert(
                        new Deliveries.Fresh(
                                ids.get(),
                                Kind.COUNT,
                                new Destination(
                                        "count/" + account + "/" + conversation.id(), account, conversation.channel()),
                                new Cause(
                                        "count:" + happened.type().word() + ":" + cause,
                                        event,
                                        null,
                                        conversation.id()),
                                Json.write(happened),
                                true,
                                now),
                        now);
    }
}
