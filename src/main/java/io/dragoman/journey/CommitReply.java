// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Message;
import io.dragoman.model.Participants;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what an agent answered. */
public final class CommitReply {
    private final Outgoing outgoing;

    public CommitReply(Outgoing outgoing) {
        this.outgoing = outgoing;
    }

    Ended apply(Tx tx, JourneyContext context, DeskEvent.AgentReplied event, long now) {
        Optional<Versioned> found =
                NamedConversation.everAssigned(tx, context.stored().source(), event);
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
        outgoing.fetch(tx, context.stored().id(), context.stored().raw(), event.parts(), message, conversation, now);
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
}
