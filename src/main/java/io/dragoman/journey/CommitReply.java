// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Participants;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes what an agent answered. */
public final class CommitReply {
    /** What a desk shows back is new: so many of a conversation's last messages are looked at. */
    private static final int LAST = 200;

    private final Outgoing outgoing;
    private final CustomerReach reach;
    private final CommitUnread unread;

    /** @param ids makes ids in rising order */
    public CommitReply(ConnectorRegistry registry, Outgoing outgoing, CommitUnread unread, Supplier<String> ids) {
        this.outgoing = outgoing;
        this.unread = unread;
        this.reach = new CustomerReach(registry, outgoing, ids);
    }

    Ended apply(Tx tx, JourneyContext context, DeskEvent.AgentReplied event, long now) {
        Optional<Versioned> found =
                NamedConversation.everAssigned(tx, context.stored().source(), event);
        if (found.isEmpty()) {
            String unknown = "there is no conversation of this desk with the id that the reply names";
            return Ended.dead(NamedConversation.missing(tx, context.stored().source(), event, unknown));
        }
        Conversation conversation = found.get().conversation();
        String source = context.stored().source();
        if (!source.equals(Events.API) && tx.attempts().wrote(source, conversation.id(), event.key(), LAST)) {
            return Ended.ignored("own-writing", "the desk shows what the gateway wrote there itself");
        }
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
        reach.send(tx, context.stored().id(), message, conversation, now);
        unread.answered(tx, context.stored().id(), message, conversation, now);
        show(tx, context, message, conversation, now);
        return Ended.DONE;
    }

    /** The desk that has the conversation sees what another one that had it still answers. */
    private void show(Tx tx, JourneyContext context, Message message, Conversation conversation, long now) {
        String source = context.stored().source();
        if (source.equals(Events.API) || source.equals(conversation.desk())) {
            return;
        }
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        String event = context.stored().id();
        outgoing.notice(
                tx,
                event,
                event,
                Outgoing.notice(DeskNotice.Type.MESSAGE_SENT, now, conversation, contact, message, null, null),
                now);
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
