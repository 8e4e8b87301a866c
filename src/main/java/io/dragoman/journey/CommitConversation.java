// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskNotice;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** Writes what an agent did to a conversation: closed it, opened it again, sorted it. */
public final class CommitConversation {
    private final Outgoing outgoing;

    public CommitConversation(Outgoing outgoing) {
        this.outgoing = outgoing;
    }

    Ended apply(Tx tx, JourneyContext context, DeskEvent.InConversation event, long now) {
        Optional<Versioned> found =
                NamedConversation.assignedNow(tx, context.stored().source(), event);
        if (found.isEmpty()) {
            return Ended.dead("there is no conversation of this desk now with the id that the event names");
        }
        Conversation before = found.get().conversation();
        Instant at = Instant.ofEpochMilli(now);
        if (event instanceof DeskEvent.ConversationUpdated updated) {
            return change(tx, context, found.get(), updated.change(before, at), now);
        } else if (event instanceof DeskEvent.ConversationReopened) {
            return reopen(tx, context, found.get(), now);
        } else if (before.status() == State.CLOSED) {
            return Ended.ignored("already-closed", "the conversation is closed already");
        }
        return change(tx, context, found.get(), before.closed(at), now);
    }

    /** A thread has one open conversation at a time. */
    private Ended reopen(Tx tx, JourneyContext context, Versioned found, long now) {
        Conversation before = found.conversation();
        if (before.status() == State.OPEN) {
            return Ended.ignored("already-open", "the conversation is open already");
        }
        boolean replaced = tx.conversations()
                .latest(before.channel(), found.thread())
                .filter(latest -> latest.conversation().status() == State.OPEN)
                .isPresent();
        if (replaced) {
            return Ended.ignored("replaced", "a later conversation is open in its place");
        }
        Conversation open = before.change()
                .status(State.OPEN)
                .updatedAt(Instant.ofEpochMilli(now))
                .build();
        return change(tx, context, found, open, now);
    }

    /** The desk is told what it did not do itself. */
    private Ended change(Tx tx, JourneyContext context, Versioned found, Conversation after, long now) {
        tx.conversations().update(after, found.version());
        if (context.stored().source().equals(Events.API)) {
            Contact contact = tx.contacts().find(after.contact()).orElseThrow();
            String event = context.stored().id();
            DeskNotice notice =
                    Outgoing.notice(DeskNotice.Type.CONVERSATION_UPDATED, now, after, contact, null, null, null);
            outgoing.notice(tx, event, event, notice, now);
        }
        return Ended.DONE;
    }
}
