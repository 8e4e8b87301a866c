// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.journey.CommitMessage.Explanation;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent.ConversationStarted;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Participants;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;

/** Writes what an agent wrote first: the conversation, unless one is open, the message in it, and its delivery. */
public final class CommitStart {
    private final Outgoing outgoing;
    private final ReplyWindows windows;

    public CommitStart(ConnectorRegistry registry, Outgoing outgoing) {
        this.outgoing = outgoing;
        this.windows = new ReplyWindows(registry);
    }

    Ended apply(Tx tx, JourneyContext context, ConversationStarted event, ConversationMatch place, long now) {
        if (!context.stored().source().equals(Events.API)) {
            return Ended.dead("only the API may write to a customer first");
        }
        String id = context.stored().id();
        tx.messages().decision(id, Json.write(new Explanation(place.why(), null)));
        Contact contact = CommitMessage.contact(tx, event.channel(), event.customer(), place, now);
        Conversation conversation = conversation(event, place, now);
        Message message = Message.queued(
                        id,
                        place.write(tx, conversation),
                        new Message.Author(Message.Author.Kind.AGENT, event.author()),
                        event.at(),
                        context.stored().receivedAt(),
                        outgoing.mediaIds(event.parts()))
                .with(new Participants(List.of(), List.of(), event.cc()));
        tx.messages().insert(message);
        outgoing.counted().begun(tx, id, place, conversation, now);
        outgoing.counted().changed(tx, id, place.conversation(), conversation, now);
        Triggers.answered(tx, conversation.id());
        outgoing.fetch(tx, id, context.stored().raw(), event.parts(), message, conversation, now);
        outgoing.notice(
                tx,
                id,
                id,
                Outgoing.notice(DeskNotice.Type.MESSAGE_SENT, now, conversation, contact, message, null, null),
                now);
        outgoing.message(tx, id, message, conversation, now);
        return Ended.DONE;
    }

    private Conversation conversation(ConversationStarted event, ConversationMatch place, long now) {
        Conversation there =
                windows.towards(place.conversation(), event.customer().address());
        return there.change()
                .status(Conversation.State.OPEN)
                .replyUntil(windows.unchanged(there, event.at()))
                .updatedAt(Instant.ofEpochMilli(now))
                .build();
    }
}
