// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.AnswerQuestion;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.store.Consents;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Tx;
import io.dragoman.work.History;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes a customer's message with everything that the rules decided about it. */
public final class CommitMessage {
    private final ConnectorRegistry registry;
    private final Outgoing outgoing;
    private final HandOver handOver;
    private final DecidedDesk desks;
    private final Bots bots;
    private final Triggers triggers;
    private final AutoReplies replies;
    private final CommitPoll polls;
    private final ReplyWindows windows;
    private final CommitNews news;
    private final ClosedChats closedChats;

    public CommitMessage(
            ConnectorRegistry registry,
            Outgoing outgoing,
            Bots bots,
            Triggers triggers,
            CommitPoll polls,
            Supplier<String> ids) {
        this.registry = registry;
        this.outgoing = outgoing;
        this.handOver = new HandOver(registry, outgoing);
        this.bots = bots;
        this.windows = new ReplyWindows(registry);
        this.news = new CommitNews(outgoing);
        this.desks = new DecidedDesk(registry, bots);
        this.triggers = triggers;
        this.closedChats = new ClosedChats(registry, outgoing, triggers);
        this.polls = polls;
        this.replies = new AutoReplies(outgoing, ids);
    }

    /**
     * What is kept to explain a message.
     *
     * @param conversation how it was found
     * @param decision what the rules said; null where they were not asked
     */
    public record Explanation(String conversation, @Nullable Decision decision) {}

    Ended apply(Tx tx, JourneyContext context, MessageReceived event, ConversationMatch place, long now) {
        Decision decision = context.decision();
        String eventId = context.stored().id();
        String desk = desks.of(tx, place.conversation(), decision);
        tx.messages().decision(eventId, Json.write(new Explanation(why(place, desk), decision)));
        if (decision.drop() != null) {
            return Ended.ignored("dropped-by-rule", "dropped by rule: " + decision.drop());
        }
        String channel = context.stored().source();
        Contact written = contact(tx, channel, event.sender(), place, now);
        List<String> tags = decision.values("contact tags");
        Contact contact = tags.isEmpty() ? written : tx.contacts().tag(written, tags);
        consent(tx, channel, event, contact, now);
        Conversation conversation = conversation(tx, event, place, decision, desk, now);
        if (place.conversation().isReplyClosed(Instant.ofEpochMilli(now))) {
            tx.deliveries().open(channel, conversation.id(), now);
        }
        Message message = message(tx, context, event, place, conversation);
        outgoing.counted().begun(tx, eventId, place, conversation, now);
        outgoing.counted().message(tx, eventId, message, conversation, now);
        outgoing.fetch(tx, eventId, context.stored().raw(), event.parts(), message, conversation, now);
        DeskNotice.Data data = new DeskNotice.Data(conversation, contact, message, null, null, decision.notes());
        if (place.version() != null && !Objects.equals(place.conversation().desk(), conversation.desk())) {
            handOver.tell(tx, eventId, place.conversation(), conversation, contact, now);
            data = data.after(History.before(tx, message));
        } else if (place.version() != null && tx.orphans().isNewTo(conversation)) {
            data = data.after(History.before(tx, message)); // it was moved there by hand, and nothing was sent yet
        }
        outgoing.notice(
                tx,
                eventId,
                eventId,
                new DeskNotice(DeskNotice.Type.MESSAGE_RECEIVED, Instant.ofEpochMilli(now), data),
                now);
        bots.received(tx, eventId, place.conversation(), message, conversation, now);
        news.arrived(tx, conversation.channel(), event.externalId(), now);
        registry.find(conversation.channel())
                .filter(ConfiguredAccount::marksRead)
                .ifPresent(configured -> outgoing.seen(tx, eventId, event.externalId(), message, conversation, now));
        replies.send(tx, eventId, decision, message, conversation, now);
        answer(tx, eventId, decision, message, conversation, now);
        polls.ask(tx, eventId, decision, message, conversation, now);
        polls.missed(tx, eventId, event, decision, message, conversation, now);
        decision.answer()
                .filter(AnswerQuestion::handsOver)
                .map(AnswerQuestion::outcome)
                .ifPresent(outcome -> bots.answersEnded(tx, eventId, conversation, outcome.why(), now));
        if (event.automatic() == null) {
            triggers.written(tx, eventId, message, conversation, now);
        }
        if (!place.newContact()) {
            triggers.changed(
                    tx,
                    eventId,
                    place.contact(),
                    contact.described(event.sender().name(), event.sender().language()),
                    conversation,
                    now);
        }
        return closedChats.ended(tx, place.conversation(), conversation, eventId, now);
    }

    private static void consent(Tx tx, String channel, MessageReceived event, Contact contact, long now) {
        CustomerEvent.Consent word = event.consent();
        if (word != null) {
            boolean in = word == CustomerEvent.Consent.OPTED_IN;
            boolean written = event.parts().stream().allMatch(Part.Text.class::isInstance);
            Consents.of(
                            in,
                            written ? Source.KEYWORD : Source.CHANNEL,
                            in ? "asked to be written to again" : "asked not to be written to")
                    .forEach(said -> tx.consents().state(channel, contact.id(), said, now));
        }
    }

    /** The customer, with what the channel now tells of them. */
    static Contact contact(Tx tx, String channel, CustomerEvent.Sender customer, ConversationMatch place, long now) {
        Contact contact = place.contact();
        if (place.newContact()) {
            tx.contacts().insert(channel, contact, now);
        } else {
            for (Identity identity : customer.identities()) {
                if (!contact.identities().contains(identity)) {
                    tx.contacts().addIdentity(channel, contact.id(), identity);
                }
            }
            describe(tx, contact, customer, place);
        }
        return contact;
    }

    private static void describe(Tx tx, Contact known, CustomerEvent.Sender customer, ConversationMatch place) {
        boolean same = (customer.name() == null || customer.name().equals(known.name()))
                && (customer.language() == null || customer.language().equals(known.language()));
        // a merge changes the version of each conversation: that of a new one nobody has looked at
        if (!same || place.version() == null) {
            tx.contacts().describe(known.id(), customer.name(), customer.language());
        }
    }

    private Conversation conversation(
            Tx tx, MessageReceived event, ConversationMatch place, Decision decision, @Nullable String desk, long now) {
        Conversation before = place.conversation();
        // somebody else's mail may join by its token, but answers still go to the customer
        Conversation c = place.contact().id().equals(before.contact())
                ? before.change().address(event.sender().address()).build()
                : before;
        ConversationBuilder next = c.change()
                .replyUntil(
                        event.automatic() == null ? windows.opened(c, event.at()) : windows.unchanged(c, event.at()))
                .updatedAt(Instant.ofEpochMilli(now));
        decision.change(next);
        if (place.version() != null) {
            desks.give(tx, c, desk, next);
        }
        return next.desk(desk).build();
    }

    /** How the conversation was found, and whether it changes its desk because that is gone. */
    private String why(ConversationMatch place, @Nullable String gone) {
        String desk = registry.now().deskFor(gone);
        return gone == null || desk == null || desk.equals(gone)
                ? place.why()
                : place.why() + "; " + Outgoing.fall(gone, desk);
    }

    private Message message(
            Tx tx, JourneyContext context, MessageReceived event, ConversationMatch place, Conversation conversation) {
        Message received = Message.received(
                context.stored().id(),
                place.write(tx, conversation),
                author(event, place, conversation),
                event.at(),
                context.stored().receivedAt(),
                outgoing.mediaIds(event.parts()));
        Message message =
                MessageBuilder.builder(received).forwarded(event.forwarded()).build();
        if (event.participants() != null) {
            message = message.with(event.participants());
        }
        tx.messages().insert(message);
        tx.messages().external(conversation.channel(), event.externalId(), message.id());
        return message;
    }

    /** In a mail thread others write, too: an answer to all goes to them as well. */
    private static Message.Author author(MessageReceived event, ConversationMatch place, Conversation conversation) {
        boolean customer = place.contact().id().equals(conversation.contact());
        return new Message.Author(
                Message.Author.Kind.CONTACT,
                event.sender().name(),
                customer || conversation.subject() == null
                        ? null
                        : event.sender().address());
    }

    /** What was found in the FAQ is sent as a rule's reply is. */
    private void answer(Tx tx, String event, Decision decision, Message message, Conversation conversation, long now) {
        decision.answer()
                .map(AnswerQuestion::outcome)
                .filter(AnswerOutcome::speaks)
                .ifPresent(outcome -> replies.answer(
                        tx, event, decision, outcome.rule(), List.of(part(outcome)), message, conversation, now));
    }

    /** One part, so that it is one message wherever the channel takes so much. */
    private static Part part(AnswerOutcome outcome) {
        AnswerOutcome.Ask ask = outcome.ask();
        return ask == null
                ? new Part.Text(outcome.text())
                : new Part.Choices(
                        outcome.text() + "\n\n" + ask.question(),
                        List.of(
                                new Part.Choice(AnswerOutcome.YES, ask.yes(), null),
                                new Part.Choice(AnswerOutcome.NO, ask.no(), null)),
                        null);
    }
}
