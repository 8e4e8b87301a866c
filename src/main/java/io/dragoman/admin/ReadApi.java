// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.Question.Refusal;
import io.dragoman.explain.Explain;
import io.dragoman.explain.Story;
import io.dragoman.message.Contact;
import io.dragoman.message.Conversation;
import io.dragoman.message.Message;
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
    public record DeliveryList(List<Story.Delivery> deliveries) {}

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

    Answer conversations(Question question) throws Refusal {
        String before = question.parameters().get("before");
        long millis = Long.MAX_VALUE;
        String id = "";
        if (before != null) {
            int comma = before.indexOf(',');
            millis = question.time("before", comma < 0 ? before : before.substring(0, comma))
                    .toEpochMilli();
            id = comma < 0 ? "" : before.substring(comma + 1);
        }
        long to = millis;
        String toId = id;
        int limit = question.limit();
        Conversation.State status = question.word("status", Conversation.State.class);
        String channel = question.parameters().get("channel");
        return Answer.json(200, store.read(tx -> conversations(tx, channel, status, to, toId, limit)));
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

    Answer conversation(Question question) throws Refusal {
        return found(store.read(tx -> conversation(tx, question.id())), "conversation");
    }

    /** A conversation with its contact. */
    public static Optional<Shown> conversation(Tx tx, String id) {
        return tx.conversations()
                .find(id)
                .map(Versioned::conversation)
                .map(conversation -> new Shown(
                        conversation, tx.contacts().find(conversation.contact()).orElse(null)));
    }

    Answer messages(Question question) throws Refusal {
        long after = question.number("after", 0, 0, Long.MAX_VALUE);
        int limit = question.limit();
        return found(
                store.read(tx -> tx.conversations()
                        .find(question.id())
                        .map(conversation -> messages(tx, question.id(), after, limit))),
                "conversation");
    }

    /** A page of messages. */
    public static Messages messages(Tx tx, String conversation, long after, int most) {
        List<Message> found = tx.messages().of(conversation, after, most + 1);
        return found.size() <= most
                ? new Messages(found, null)
                : new Messages(found.subList(0, most), found.get(most - 1).sequence());
    }

    Answer message(Question question) throws Refusal {
        return found(store.read(tx -> tx.messages().find(question.id())), "message");
    }

    Answer explain(Question question) throws Refusal {
        return found(store.read(tx -> explain.story(tx, question.id())), "message or event");
    }

    Answer deliveries(Question question) throws Refusal {
        Deliveries.State state = question.word("state", Deliveries.State.class);
        int limit = question.limit();
        return Answer.json(
                200, store.read(tx -> new DeliveryList(shown(tx.deliveries().recent(state, limit)))));
    }

    Answer delivery(Question question) throws Refusal {
        return found(
                store.read(tx -> tx.deliveries()
                        .find(question.id())
                        .map(found -> Story.Delivery.of(found, tx.attempts().of(found.id())))),
                "delivery");
    }

    /** What a person should look at. */
    public static Dead dead(Tx tx, DeadLetters.Filter filter, int most) {
        return new Dead(tx.deadLetters().count(filter), tx.deadLetters().latest(filter, most));
    }

    private static List<Story.Delivery> shown(List<Deliveries.Stored> deliveries) {
        return deliveries.stream()
                .map(delivery -> Story.Delivery.of(delivery, null))
                .toList();
    }

    Answer ledger(Question question) throws Refusal {
        long hours = question.number("hours", 24, 1, MOST_HOURS);
        return Answer.json(200, store.read(tx -> ledger(tx, clock.instant(), hours)));
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

    private static Answer found(Optional<?> value, String what) throws Refusal {
        return Answer.json(200, value.orElseThrow(() -> new Refusal(404, "There is no " + what + " with this id.")));
    }
}
