// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.MessageStory;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.DeadLetters;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Ledger;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the API shows. Its records are also what the command line prints with {@code --json}. */
public final class ReadApi {
    private static final long MOST_HOURS = 31 * 24;

    private final Store store;
    private final Explain explain;
    private final Clock clock;

    ReadApi(Store store, Explain explain, Clock clock) {
        this.store = store;
        this.explain = explain;
        this.clock = clock;
    }

    /**
     * Conversations by last change.
     *
     * @param next what to ask for as {@code before} to get the following ones; null when these were the last
     */
    public record Conversations(
            List<Conversation> conversations, @Nullable String next) {}

    /** A conversation and whom it is with. */
    public record Shown(Conversation conversation, @Nullable Contact contact) {}

    /**
     * Messages in order.
     *
     * @param next what to ask for as {@code after}; null when these were the last
     */
    public record Messages(List<Message> messages, @Nullable Long next) {}

    /** Deliveries, the latest first. */
    public record DeliveryList(List<MessageStory.Delivery> deliveries) {}

    /**
     * Dead events, dead and uncertain deliveries, the latest first.
     *
     * @param count how many there are in all
     */
    public record Dead(long count, List<DeadLetters.Letter> letters) {}

    /** The hours, oldest first, and how much is unaccounted for in all of them. */
    public record Books(List<Line> hours, long difference) {}

    /** One source's hour with its difference. */
    public record Line(
            String channel,
            Instant hour,
            long accepted,
            long done,
            long ignored,
            long dead,
            long inFlight,
            long difference) {}

    ApiResponse conversations(ApiRequest request) throws Refusal {
        String before = request.parameters().get("before");
        long millis = Long.MAX_VALUE;
        String id = "";
        if (before != null) {
            int comma = before.indexOf(',');
            millis = request.time("before", comma < 0 ? before : before.substring(0, comma))
                    .toEpochMilli();
            id = comma < 0 ? "" : before.substring(comma + 1);
        }
        long to = millis;
        String toId = id;
        int limit = request.limit();
        Conversation.State status = request.word("status", Conversation.State.class);
        String channel = request.parameters().get("channel");
        return ApiResponse.json(200, store.read(tx -> conversations(tx, channel, status, to, toId, limit)));
    }

    /** A page of conversations. */
    public static Conversations conversations(
            Tx tx, @Nullable String channel, Conversation.@Nullable State status, long before, String id, int most) {
        List<Conversation> found = tx.conversations().recent(channel, status, before, id, most + 1);
        if (found.size() <= most) {
            return new Conversations(found, null);
        }
        Conversation last = found.get(most - 1);
        return new Conversations(found.subList(0, most), last.updatedAt() + "," + last.id());
    }

    ApiResponse conversation(ApiRequest request) throws Refusal {
        return found(store.read(tx -> conversation(tx, request.id())), "conversation");
    }

    /** A conversation with its contact. */
    public static Optional<Shown> conversation(Tx tx, String id) {
        return tx.conversations()
                .find(id)
                .map(Versioned::conversation)
                .map(conversation -> new Shown(
                        conversation, tx.contacts().find(conversation.contact()).orElse(null)));
    }

    ApiResponse messages(ApiRequest request) throws Refusal {
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        int limit = request.limit();
        return found(
                store.read(tx -> tx.conversations()
                        .find(request.id())
                        .map(conversation -> messages(tx, request.id(), after, limit))),
                "conversation");
    }

    /** A page of messages. */
    public static Messages messages(Tx tx, String conversation, long after, int most) {
        List<Message> found = tx.messages().of(conversation, after, most + 1);
        return found.size() <= most
                ? new Messages(found, null)
                : new Messages(found.subList(0, most), found.get(most - 1).sequence());
    }

    ApiResponse message(ApiRequest request) throws Refusal {
        return found(store.read(tx -> tx.messages().find(request.id())), "message");
    }

    ApiResponse explain(ApiRequest request) throws Refusal {
        return found(store.read(tx -> explain.story(tx, request.id())), "message or event");
    }

    ApiResponse deliveries(ApiRequest request) throws Refusal {
        Deliveries.State state = request.word("state", Deliveries.State.class);
        int limit = request.limit();
        return ApiResponse.json(
                200, store.read(tx -> new DeliveryList(shown(tx.deliveries().recent(state, limit)))));
    }

    ApiResponse delivery(ApiRequest request) throws Refusal {
        return found(
                store.read(tx -> tx.deliveries()
                        .find(request.id())
                        .map(found ->
                                MessageStory.Delivery.of(found, tx.attempts().of(found.id())))),
                "delivery");
    }

    /** What a person should look at. */
    public static Dead dead(Tx tx, DeadLetters.Filter filter, int most) {
        return new Dead(tx.deadLetters().count(filter), tx.deadLetters().latest(filter, most));
    }

    private static List<MessageStory.Delivery> shown(List<Deliveries.Stored> deliveries) {
        return deliveries.stream()
                .map(delivery -> MessageStory.Delivery.of(delivery, null))
                .toList();
    }

    ApiResponse ledger(ApiRequest request) throws Refusal {
        long hours = request.number("hours", 24, 1, MOST_HOURS);
        return ApiResponse.json(200, store.read(tx -> ledger(tx, clock.instant(), hours)));
    }

    /** The books of the last hours. */
    public static Books ledger(Tx tx, Instant now, long hours) {
        List<Line> lines = tx.ledger().since(now.minus(Duration.ofHours(hours - 1))).stream()
                .map(ReadApi::line)
                .toList();
        return new Books(lines, lines.stream().mapToLong(Line::difference).sum());
    }

    private static Line line(Ledger.Hour hour) {
        return new Line(
                hour.channel(),
                hour.hour(),
                hour.accepted(),
                hour.done(),
                hour.ignored(),
                hour.dead(),
                hour.inFlight(),
                hour.difference());
    }

    private static ApiResponse found(Optional<?> value, String what) throws Refusal {
        return ApiResponse.json(
                200, value.orElseThrow(() -> new Refusal(404, "There is no " + what + " with this id.")));
    }
}
