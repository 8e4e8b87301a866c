// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.explain;

import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.phrase.Sentence;
import io.dragoman.app.ticket.DeskTicket;
import io.dragoman.connector.Request;
import io.dragoman.journey.CommitMessage;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.EventTypes;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Timer;
import io.dragoman.model.TimerFired;
import io.dragoman.model.Words;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.Kind;
import io.dragoman.store.Events;
import io.dragoman.store.MediaRows;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a story together from the store. Blocks. */
public final class Explain {
    private static final int MOST_ANSWERS = 20;
    private static final int MOST_LOOKED_AT = 200;
    private static final String FIRED = EventTypes.of(TimerFired.class);

    private final ReadAccess store;
    private final Predicate<String> insecure;
    private final Predicate<String> archive;
    private final Function<String, @Nullable Long> fileSize;
    private final DeskTicket.Pages tickets;

    /**
     * @param insecure whether a channel accepts unauthenticated requests
     * @param archive whether a desk gets copies alone
     * @param fileSize the size of a stored file by its name; null when it is not there
     * @param tickets where desks show theirs
     */
    public Explain(
            ReadAccess store,
            Predicate<String> insecure,
            Predicate<String> archive,
            Function<String, @Nullable Long> fileSize,
            DeskTicket.Pages tickets) {
        this.store = store;
        this.insecure = insecure;
        this.archive = archive;
        this.fileSize = fileSize;
        this.tickets = tickets;
    }

    /** One that does not know where desks show their tickets. */
    public Explain(
            ReadAccess store,
            Predicate<String> insecure,
            Predicate<String> archive,
            Function<String, @Nullable Long> fileSize) {
        this(store, insecure, archive, fileSize, DeskTicket.Pages.NONE);
    }

    /** The story of a message, an event or a delivery; nothing when there is none of this id. */
    public Optional<MessageStory> story(String id) {
        return store.read(tx -> story(tx, id));
    }

    private Optional<MessageStory> story(Tx tx, String id) {
        Optional<Message> message = tx.messages().find(id);
        Optional<Events.Stored> event = tx.events()
                .find(id)
                .or(() -> message.flatMap(found -> cause(tx, found)))
                .or(() -> tx.approvals().find(id).flatMap(held -> tx.events().find(held.event())))
                .or(() ->
                        tx.deliveries().find(id).flatMap(delivery -> tx.events().find(delivery.event())));
        return event.map(found -> story(
                tx, id, found, message.or(() -> tx.messages().find(found.id())).orElse(null)));
    }

    /** What made a rule write this message. */
    private static Optional<Events.Stored> cause(Tx tx, Message message) {
        return tx.deliveries().ofMessage(message.id()).stream()
                .filter(delivery -> delivery.kind() == Kind.MESSAGE)
                .findFirst()
                .flatMap(delivery -> tx.events().find(delivery.event()));
    }

    private MessageStory story(Tx tx, String id, Events.Stored event, @Nullable Message message) {
        List<Deliveries.Stored> caused = tx.deliveries().ofEvent(event.id());
        List<Deliveries.Stored> deliveries = deliveries(tx, event, message, caused);
        CommitMessage.Explanation explanation = tx.messages()
                .decision(event.id())
                .map(content -> Json.read(content, CommitMessage.Explanation.class))
                .orElse(null);
        Conversation conversation = conversation(tx, event, message, caused);
        Contact contact = conversation == null
                ? null
                : tx.contacts().find(conversation.contact()).orElse(null);
        return new MessageStory(
                id,
                arrival(tx, event),
                message,
                conversation,
                DeskTicket.of(conversation, tickets),
                contact,
                contact == null ? List.of() : tx.merges().of(contact.id()),
                conversation == null
                        ? null
                        : tx.botHandOvers().find(conversation.id()).orElse(null),
                explanation == null ? null : explanation.conversation(),
                explanation == null ? null : explanation.decision(),
                replies(tx, caused),
                message == null ? List.of() : answers(tx, message, caused),
                held(tx, id, event),
                message == null
                        ? List.of()
                        : tx.media().ofMessage(message.id()).stream()
                                .map(Explain::attachment)
                                .toList(),
                deliveries.stream().map(delivery -> delivery(tx, delivery)).toList(),
                message == null ? List.of() : receipts(tx, deliveries));
    }

    private MessageStory.Delivery delivery(Tx tx, Deliveries.Stored stored) {
        MessageStory.Delivery shown =
                MessageStory.Delivery.of(stored, tx.attempts().of(stored.id()));
        return stored.kind() == Kind.NOTICE && archive.test(stored.target()) ? shown.copied() : shown;
    }

    /** Of a message of a rule its own; else also what the event caused beside them. */
    private static List<Deliveries.Stored> deliveries(
            Tx tx, Events.Stored event, @Nullable Message message, List<Deliveries.Stored> caused) {
        if (message == null) {
            return caused;
        }
        List<Deliveries.Stored> own = tx.deliveries().ofMessage(message.id());
        return message.id().equals(event.id())
                ? Stream.concat(caused.stream(), own.stream())
                        .distinct()
                        .sorted(Comparator.comparing(Deliveries.Stored::id))
                        .toList()
                : own;
    }

    private static @Nullable Conversation conversation(
            Tx tx, Events.Stored event, @Nullable Message message, List<Deliveries.Stored> caused) {
        String id = message != null
                ? message.conversation()
                : caused.isEmpty() ? null : caused.get(0).conversation();
        return (id == null ? named(tx, event) : tx.conversations().find(id))
                .map(Versioned::conversation)
                .orElse(null);
    }

    /** What a desk says may change nothing but what it knows of the conversation; so may a timer. */
    private static Optional<Versioned> named(Tx tx, Events.Stored event) {
        if (event.type().equals(FIRED) && event.event() instanceof TimerFired fired) {
            return tx.conversations().find(fired.timer().conversation());
        }
        if (!event.type().startsWith("conversation.") || !(event.event() instanceof DeskEvent.InConversation about)) {
            return Optional.empty();
        }
        String reference = about.reference();
        return reference == null
                ? tx.conversations().find(String.valueOf(about.conversation()))
                : tx.conversationDesks().byReference(event.source(), reference).stream()
                        .findFirst();
    }

    private static @Nullable Phrase says(Events.Stored event) {
        if (event.type().equals(FIRED) && event.event() instanceof TimerFired fired) {
            Timer timer = fired.timer();
            return Sentence.TIMER_FIRED.of(Map.of(
                    "timer",
                    timer.key(),
                    "due",
                    timer.due().toString(),
                    "event",
                    timer.event(),
                    "set",
                    timer.setAt().toString()));
        }
        if (!event.type().equals(EventTypes.of(DeskEvent.ReferenceChanged.class))
                || !(event.event() instanceof DeskEvent.ReferenceChanged changed)) {
            return null;
        }
        String next = changed.newReference();
        String before = changed.reference();
        if (next == null) {
            return before == null
                    ? Sentence.KEPT_OF_CONVERSATION.phrase()
                    : Sentence.KEPT_OF_TICKET.of(Map.of("before", before));
        }
        return before == null
                ? Sentence.TICKET_OF_CONVERSATION.of(Map.of("ticket", next))
                : Sentence.TICKET_CHANGED.of(Map.of("before", before, "ticket", next));
    }

    private MessageStory.Arrival arrival(Tx tx, Events.Stored event) {
        Optional<Events.Raw> raw = tx.events().raw(event.raw());
        Phrase says = says(event);
        Phrase authentic = raw.map(
                        found -> authentic(event.source(), found.request().origin()))
                .orElse(Sentence.AUTHENTIC_UNKNOWN)
                .phrase();
        return MessageStoryArrivalBuilder.builder()
                .id(event.id())
                .source(event.source())
                .type(event.type())
                .key(event.key())
                .receivedAt(event.receivedAt())
                .raw(raw.map(found -> raw(event.raw(), found)).orElse(null))
                .says(says == null ? null : says.text())
                .saysPhrase(says)
                .authentic(authentic.text())
                .authenticPhrase(authentic)
                .duplicates(event.duplicates())
                .differing(event.differing())
                .state(event.state())
                .reason(event.reason())
                .attempts(event.attempts())
                .doneAt(event.doneAt())
                .build();
    }

    private MessageStory.Raw raw(String id, Events.Raw raw) {
        Request request = raw.request();
        String file = raw.bodyFile();
        return new MessageStory.Raw(
                id,
                request.origin(),
                request.method(),
                request.path(),
                List.copyOf(request.headers().keySet()),
                file == null ? Long.valueOf(request.body().length) : fileSize.apply(file),
                raw.sha256(),
                file != null);
    }

    private Sentence authentic(String source, Request.Origin origin) {
        if (source.equals(Events.API)) {
            return origin == Request.Origin.RECEIVED ? Sentence.AUTHENTIC_TOKEN : Sentence.AUTHENTIC_COMMAND;
        }
        return switch (origin) {
            case RECEIVED -> insecure.test(source) ? Sentence.AUTHENTIC_INSECURE : Sentence.AUTHENTIC_SIGNED;
            case POLLED -> Sentence.AUTHENTIC_POLLED;
            case BACKFILLED -> Sentence.AUTHENTIC_BACKFILLED;
            case ROUTE -> Sentence.AUTHENTIC_ROUTE;
            case TIMER -> Sentence.AUTHENTIC_TIMER;
        };
    }

    private static List<Message> replies(Tx tx, List<Deliveries.Stored> caused) {
        return caused.stream()
                .filter(delivery -> delivery.kind() == Kind.MESSAGE)
                .map(Deliveries.Stored::message)
                .filter(Objects::nonNull)
                .map(id -> tx.messages().find(id))
                .flatMap(Optional::stream)
                .filter(message -> message.author().kind() == Message.Author.Kind.RULE)
                .toList();
    }

    /** What followed a customer's message; what it caused itself stands among the replies. */
    private static List<MessageStory.Answer> answers(Tx tx, Message message, List<Deliveries.Stored> caused) {
        if (message.direction() != Message.Direction.IN) {
            return List.of();
        }
        List<String> replies = replies(tx, caused).stream().map(Message::id).toList();
        return tx.messages().of(message.conversation(), message.sequence(), MOST_LOOKED_AT).stream()
                .filter(later -> later.direction() == Message.Direction.OUT)
                .filter(answer -> !replies.contains(answer.id()))
                .limit(MOST_ANSWERS)
                .map(MessageStory.Answer::of)
                .toList();
    }

    private static List<MessageStory.Held> held(Tx tx, String id, Events.Stored event) {
        return Stream.concat(tx.approvals().following(event.id()).stream(), tx.approvals().find(id).stream())
                .distinct()
                .map(MessageStory.Held::of)
                .toList();
    }

    private static MessageStory.Attachment attachment(MediaRows.Row row) {
        return new MessageStory.Attachment(
                row.id(),
                row.state(),
                Words.of(row.part().media()),
                row.mimeType() == null ? row.part().mimeType() : row.mimeType(),
                row.fileName() == null ? row.part().fileName() : row.fileName(),
                row.size() == null ? row.part().size() : row.size(),
                row.sha256(),
                row.reason());
    }

    /** A receipt that moved a message on told the desk, and so is found by what it told. */
    private static List<MessageStory.Receipt> receipts(Tx tx, List<Deliveries.Stored> deliveries) {
        List<MessageStory.Receipt> receipts = new ArrayList<>();
        deliveries.stream().map(Deliveries.Stored::event).distinct().forEach(id -> tx.events()
                .find(id)
                .filter(event -> event.type().equals(EventTypes.of(CustomerEvent.Receipt.class)))
                .ifPresent(event -> {
                    CustomerEvent.Receipt receipt = (CustomerEvent.Receipt) event.event();
                    receipts.add(new MessageStory.Receipt(
                            id,
                            receipt.at(),
                            receipt.status(),
                            receipt.reason(),
                            receipt.detail(),
                            receipt.recipient()));
                }));
        return receipts;
    }
}
