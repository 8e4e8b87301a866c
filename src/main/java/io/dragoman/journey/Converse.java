// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.WrittenMessage;
import io.dragoman.model.DeskEvent.ConversationStarted;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Placed;
import io.dragoman.model.Purpose;
import io.dragoman.model.TimerFired;
import io.dragoman.rules.facts.Situation.Tally;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.ReplyTallies.Tallied;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.work.StepInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Finds who wrote and which conversation it belongs to, or makes both up, to be added by {@link Commit}. */
public final class Converse implements Processor {
    /** How many earlier messages of a contact a new one is compared with. */
    private static final int MOST_COMPARED = 20;

    private final Store store;
    private final ConnectorRegistry registry;
    private final SurveyAnswers answers;
    private final PollAnswers polls;
    private final Supplier<String> ids;

    /**
     * @param answers tells answers to surveys from messages, as {@code polls} does those to polls
     * @param ids makes ids in rising order
     */
    public Converse(
            Store store, ConnectorRegistry registry, SurveyAnswers answers, PollAnswers polls, Supplier<String> ids) {
        this.answers = answers;
        this.polls = polls;
        this.store = store;
        this.registry = registry;
        this.ids = ids;
    }

    @Override
    public void process(Exchange exchange) {
        LeasedWork.Event claimed = StepInput.of(exchange, LeasedWork.Event.class);
        JourneyContext context = JourneyContext.of(claimed);
        if (context.event() instanceof WrittenMessage message) {
            exchange.getMessage().setBody(store.read(tx -> placed(tx, context, message)));
        } else if (context.event() instanceof ConversationStarted started) {
            Instant now = context.stored().receivedAt();
            exchange.getMessage().setBody(context.placed(store.read(tx -> place(tx, started.channel(), started, now))));
        } else if (context.event() instanceof TimerFired fired) {
            exchange.getMessage().setBody(store.read(tx -> FiredTrigger.placed(tx, context, fired)));
        } else {
            exchange.getMessage().setBody(context);
        }
    }

    private JourneyContext placed(Tx tx, JourneyContext context, WrittenMessage message) {
        String channel = context.stored().source();
        if (message instanceof MessageReceived received) {
            Instant now = context.stored().receivedAt();
            Optional<? extends CustomerEvent> polled = polls.of(tx, channel, received, now);
            Optional<? extends CustomerEvent> answer =
                    polled.isPresent() ? polled : answers.of(tx, channel, received, now);
            if (answer.isPresent()) {
                return context.read(answer.get());
            }
        }
        WrittenMessage read =
                message instanceof MessageReceived received ? RepeatedText.cut(tx, channel, received) : message;
        ConversationMatch place = place(tx, channel, read, context.stored().receivedAt());
        return read.equals(message)
                ? context.placed(place)
                : context.read(read).placed(place.with("its quote was cut by the text that we sent"));
    }

    private ConversationMatch place(Tx tx, String channel, Placed message, Instant now) {
        Optional<Contact> known =
                tx.contacts().byIdentity(channel, message.customer().identities());
        Contact sender = known.orElseGet(() -> tx.contacts().refreshed(newContact(message)));
        Found found = find(tx, channel, message, sender);
        Versioned earlier = found.versioned();
        Optional<Contact> other = known.isEmpty() ? customerOf(tx, message, earlier) : Optional.empty();
        Contact contact = other.orElse(sender);
        boolean goesOn = earlier != null && goesOn(earlier.conversation(), now);
        Conversation conversation = earlier != null && goesOn
                ? earlier.conversation()
                : newConversation(channel, message, contact, earlier == null ? null : earlier.conversation(), now);
        String thread = earlier != null && goesOn
                ? earlier.thread()
                : found.thread() == null ? conversation.id() : found.thread();
        String why = earlier == null || goesOn
                ? found.why()
                : found.why() + ", but it was closed too long ago: a new one follows it";
        return new ConversationMatch(
                contact,
                known.isEmpty() && other.isEmpty(),
                conversation,
                thread,
                earlier != null && goesOn ? earlier.version() : null,
                why,
                tally(tx, channel, message, contact, conversation, now),
                replyTo(tx, channel, message));
    }

    /** Of what the business wrote to nobody whom the channel names: whose conversation it stands in. */
    private static Optional<Contact> customerOf(Tx tx, Placed message, @Nullable Versioned earlier) {
        return earlier != null && message instanceof MessageEchoed echo && !CommitEcho.namesCustomer(echo)
                ? tx.contacts().find(earlier.conversation().contact())
                : Optional.empty();
    }

    private static @Nullable String replyTo(Tx tx, String channel, Placed message) {
        return message.replyTo() == null
                ? null
                : tx.messages()
                        .byExternalId(channel, message.replyTo())
                        .map(Message::id)
                        .orElse(null);
    }

    private static Tally tally(
            Tx tx, String channel, Placed message, Contact contact, Conversation conversation, Instant now) {
        Tallied counted = tx.replyTallies().of(contact.id(), conversation.id(), now.toEpochMilli());
        Instant last = counted.last();
        boolean repeated = last != null
                && message instanceof MessageReceived received
                && SameText.of(received.parts())
                        .isAmong(tx.messages().lastOf(contact.id(), MOST_COMPARED, now.toEpochMilli()));
        Tally tally = new Tally(
                counted.toContact(),
                counted.inConversation(),
                counted.toAll(),
                null,
                last == null ? null : Duration.between(last, now),
                repeated,
                people(counted, conversation),
                counted.consented() ? consents(tx, channel, message, contact) : Map.of(),
                counted.asked() ? tx.polls().asked(contact.id()) : Map.of());
        return tally.guessing(FaqOutcomes.guess(tx, conversation, contact));
    }

    /** What the customer said last; what this message says of being written to counts in its place. */
    private static Map<Purpose, Boolean> consents(Tx tx, String channel, Placed message, Contact contact) {
        Map<Purpose, Boolean> said = tx.consents().of(channel, contact.id());
        if (message instanceof MessageReceived received && received.consent() != null) {
            said.remove(Purpose.SERVICE);
        }
        return said;
    }

    /** Why people have the conversation; null where nobody does yet. */
    private static @Nullable String people(Tallied counted, Conversation conversation) {
        if (counted.personAnswered()) {
            return "a person has answered in this conversation";
        }
        return conversation.status() != Conversation.State.CLOSED && counted.handedOver()
                ? "the conversation was handed over to people"
                : null;
    }

    /** Surest first: a token that only we can make, then what the message refers to, then the sender. */
    private static Found find(Tx tx, String channel, Placed message, Contact contact) {
        String proved = message.threading().conversation();
        if (proved != null) {
            Optional<Versioned> conversation = tx.conversations()
                    .find(proved)
                    .filter(found -> found.conversation().channel().equals(channel));
            if (conversation.isPresent()) {
                return new Found(
                        conversation.get(), conversation.get().thread(), "a token that only we can make names it");
            }
        }
        for (String reference : message.threading().references()) {
            Optional<Versioned> conversation = tx.conversations()
                    .byExternalId(channel, reference)
                    .filter(found -> takesPart(tx, found.conversation(), message, contact));
            if (conversation.isPresent()) {
                boolean customer = conversation.get().conversation().contact().equals(contact.id());
                return new Found(
                        conversation.get(),
                        conversation.get().thread(),
                        customer
                                ? "the message refers to one in it"
                                : "the message refers to one in it, and its sender takes part in it");
            }
        }
        return byThread(tx, channel, message, contact);
    }

    private static boolean takesPart(Tx tx, Conversation conversation, Placed message, Contact contact) {
        return conversation.contact().equals(contact.id())
                || (conversation.subject() != null
                        && Correspondence.read(tx, conversation).takesPart(addresses(message.customer())));
    }

    private static List<String> addresses(Sender sender) {
        return Stream.concat(
                        Stream.of(sender.address()),
                        sender.identities().stream().map(Identity::value))
                .toList();
    }

    private static Found byThread(Tx tx, String channel, Placed message, Contact contact) {
        if (message.threading().key() != null) {
            String thread =
                    tx.conversations().threadOf(channel, message.threading().key());
            return tx.conversations()
                    .latest(channel, thread)
                    .map(found -> new Found(found, thread, "it is the group chat's conversation"))
                    .orElse(new Found(null, thread, "the group chat is new"));
        }
        if (message.threading().subject() != null) {
            return new Found(null, null, "the mail starts a thread");
        }
        String thread = threadOf(contact);
        return tx.conversations()
                .latest(channel, thread)
                .map(found -> new Found(found, thread, "it is the contact's conversation on this channel"))
                .orElse(new Found(null, thread, "the contact has none on this channel"));
    }

    /** The thread of a contact on a channel where each has one conversation at a time. */
    static String threadOf(Contact contact) {
        return "contact:" + contact.id();
    }

    /**
     * A conversation that was found, or none.
     *
     * @param thread null starts a thread of its own
     */
    private record Found(
            @Nullable Versioned versioned, @Nullable String thread, String why) {}

    private boolean goesOn(Conversation conversation, Instant now) {
        return conversation.status() == Conversation.State.OPEN
                || conversation
                        .updatedAt()
                        .plus(registry.now().policy().reopenWithin())
                        .isAfter(now);
    }

    private Contact newContact(Placed message) {
        return new Contact(
                ids.get(),
                message.customer().name(),
                message.customer().language(),
                message.customer().identities(),
                List.of());
    }

    private Conversation newConversation(
            String channel, Placed message, Contact contact, @Nullable Conversation previous, Instant now) {
        return new ConversationBuilder(
                        ids.get(),
                        channel,
                        registry.kind(channel).orElse("unknown"),
                        contact.id(),
                        message.customer().address(),
                        now)
                .subject(message.threading().subject())
                .language(
                        message.customer().language() == null
                                ? contact.language()
                                : message.customer().language())
                .desk(registry.now().policy().desk())
                .previous(previous == null ? null : previous.id())
                .build();
    }
}
