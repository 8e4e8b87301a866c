// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Part;
import io.dragoman.model.TimerFired;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Situation.Tally;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.ReplyTallies.Tallied;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What rules are asked when a timer fired that was set for them. */
public final class FiredTrigger {
    private FiredTrigger() {}

    /** The same event with its conversation and what the rules are asked; as it is where it is not for them. */
    static JourneyContext placed(Tx tx, JourneyContext context, TimerFired event) {
        Optional<Trigger> trigger = Triggers.of(event.timer());
        Optional<Versioned> found = tx.conversations().find(event.timer().conversation());
        if (trigger.isEmpty() || found.isEmpty()) {
            return context;
        }
        Conversation conversation = found.get().conversation();
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        Situation asked = situation(
                tx, conversation, contact, trigger.get(), context.stored().receivedAt());
        ConversationMatch place = new ConversationMatch(
                contact,
                false,
                conversation,
                found.get().thread(),
                found.get().version(),
                "the timer " + event.timer().key() + " is in it",
                asked.tally(),
                null);
        return context.placed(place).asking(asked);
    }

    /** What rules know when something happens in a conversation that is no message. */
    static Situation situation(Tx tx, Conversation conversation, Contact contact, Trigger trigger, Instant now) {
        Tallied counted = tx.replyTallies().of(contact.id(), conversation.id(), now.toEpochMilli());
        return new Situation(
                lastMessage(tx, conversation, contact),
                conversation,
                contact,
                false,
                new Tally(counted.toContact(), counted.inConversation(), counted.toAll(), null)
                        .with(counted.consented() ? tx.consents().of(conversation.channel(), contact.id()) : Map.of())
                        .asked(counted.asked() ? tx.polls().asked(contact.id()) : Map.of())
                        .guessing(FaqOutcomes.guess(tx, conversation, contact)),
                now,
                trigger,
                unreachable(conversation, now));
    }

    private static @Nullable String unreachable(Conversation conversation, Instant now) {
        return conversation.isReplyClosed(now)
                ? "the customer wrote too long ago: the channel takes no free message now"
                : null;
    }

    /** What the customer wrote last, as it came; an empty message where they never wrote. */
    public static MessageReceived lastMessage(Tx tx, Conversation conversation, Contact contact) {
        return tx.messages()
                .latestReceived(conversation.id())
                .flatMap(id -> tx.messages().byExternalId(conversation.channel(), id))
                .flatMap(message -> tx.events().find(message.id()))
                .map(Events.Stored::event)
                .filter(MessageReceived.class::isInstance)
                .map(event -> RepeatedText.cut(tx, conversation.channel(), (MessageReceived) event))
                .orElseGet(() -> nothing(conversation, contact));
    }

    private static MessageReceived nothing(Conversation conversation, Contact contact) {
        Sender sender =
                new Sender(conversation.address(), contact.identities(), contact.name(), conversation.language());
        return new MessageReceived(
                "none",
                conversation.createdAt(),
                sender,
                "none",
                List.of(new Part.Text("")),
                null,
                new Threading(null, null, List.of(), conversation.subject()),
                null,
                null,
                null);
    }
}
