// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Message;
import io.dragoman.model.Participants;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what an agent did: answered, or closed the conversation. */
public final class CommitReply {
    private final Outgoing outgoing;

    public CommitReply(Outgoing outgoing) {
        this.outgoing = outgoing;
    }

    Ended reply(Tx tx, JourneyContext context, DeskEvent.AgentReplied event, long now) {
        Optional<Versioned> found = mayAnswer(tx, context, event.conversation());
        if (found.isEmpty()) {
            return Ended.dead("there is no conversation of this desk with the id that the reply names");
        }
        Conversation conversation = found.get().conversation();
        String answered = event.replyTo() == null
                ? null
                : tx.messages().find(event.replyTo()).map(Message::id).orElse(null);
        Message message = Message.queued(
                context.stored().id(),
                tx.conversations().nextPlace(conversation.id(), answered),
                new Message.Author(Message.Author.Kind.AGENT, event.author()),
                event.at(),
                context.stored().receivedAt(),
                outgoing.mediaIds(event.parts()));
        message = message.with(others(tx, conversation, event, message.replyTo()));
        tx.messages().insert(message);
        outgoing.fetch(tx, context.stored().id(), null, event.parts(), message, conversation, now);
        outgoing.message(tx, context.stored().id(), message, conversation, now);
        return Ended.DONE;
    }

    /** Who gets it beside the customer: whom the agent names, else all who take part, as "reply all" does. */
    private static Participants others(
            Tx tx, Conversation conversation, DeskEvent.AgentReplied event, @Nullable String answered) {
        if (event.cc() != null) {
            return new Participants(List.of(), List.of(), event.cc());
        }
        return conversation.subject() == null
                ? Participants.NONE
                : Correspondence.read(tx, conversation).replyAll(answered);
    }

    Ended close(Tx tx, JourneyContext context, DeskEvent.ConversationClosed event, long now) {
        Optional<Versioned> found = mayClose(tx, context, event.conversation());
        if (found.isEmpty()) {
            return Ended.dead("there is no conversation of this desk with the id to close");
        }
        Conversation c = found.get().conversation();
        if (c.status() == Conversation.State.CLOSED) {
            return Ended.ignored("already-closed", "the conversation is closed already");
        }
        tx.conversations()
                .update(c.closed(Instant.ofEpochMilli(now)), found.get().version());
        return Ended.DONE;
    }

    /** A desk may answer only where it was asked, our own API everywhere, and nobody else at all. */
    private static Optional<Versioned> mayAnswer(Tx tx, JourneyContext context, String conversation) {
        String source = context.stored().source();
        return tx.conversations()
                .find(conversation)
                .filter(found -> source.equals(Events.API) || tx.conversations().wasAssigned(conversation, source));
    }

    /** As for an answer, but only the desk that has it now: a hand-over closes nothing. */
    private static Optional<Versioned> mayClose(Tx tx, JourneyContext context, String conversation) {
        String source = context.stored().source();
        return tx.conversations()
                .find(conversation)
                .filter(found -> source.equals(Events.API)
                        || source.equals(found.conversation().desk()));
    }
}
