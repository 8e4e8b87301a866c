// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Message;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.util.Optional;

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
        tx.messages().insert(message);
        outgoing.fetch(tx, context.stored().id(), context.stored().raw(), event.parts(), message, conversation, now);
        outgoing.message(tx, context.stored().id(), message, conversation, now);
        return Ended.DONE;
    }
}
