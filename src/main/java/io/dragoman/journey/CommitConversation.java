// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.ChatEnded;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.PollAnswered;
import io.dragoman.model.SurveyAnswered;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what an agent did to a conversation: closed it, opened it again, sorted it, noted something; or that the customer ended or rated it. */
public final class CommitConversation {
    /** Attributes of a conversation that its customer rated, as rules and desks see them. */
    private static final String CSAT = "csat";

    private static final String CSAT_COMMENT = "csatComment";

    private final Outgoing outgoing;
    private final ConnectorRegistry registry;
    private final ClosedChats closedChats;
    private final Bots bots;
    private final Triggers triggers;
    private final CommitSurvey surveys;
    private final CommitPoll polls;

    public CommitConversation(
            ConnectorRegistry registry,
            Outgoing outgoing,
            Bots bots,
            Triggers triggers,
            CommitSurvey surveys,
            CommitPoll polls) {
        this.registry = registry;
        this.bots = bots;
        this.outgoing = outgoing;
        this.triggers = triggers;
        this.surveys = surveys;
        this.polls = polls;
        this.closedChats = new ClosedChats(registry, outgoing, triggers);
    }

    Ended apply(Tx tx, JourneyContext context, DeskEvent.InConversation event, long now) {
        Optional<Versioned> found =
                NamedConversation.assignedNow(tx, context.stored().source(), event);
        if (found.isEmpty()) {
            if (NamedConversation.everAssigned(tx, context.stored().source(), event)
                    .isPresent()) {
                return Ended.ignored("of-another-desk", "another desk has the conversation now");
            }
            String unknown = "there is no conversation of this desk now with the id that the event names";
            return UnknownTicket.ended(registry, tx, context.stored(), event, unknown, now);
        }
        Conversation before = found.get().conversation();
        Instant at = Instant.ofEpochMilli(now);
        if (event instanceof DeskEvent.ConversationUpdated updated) {
            return change(tx, context, found.get(), updated.change(before, at), now);
        } else if (event instanceof DeskEvent.ConversationTagged tagged) {
            return tag(tx, context, found.get(), tagged, now);
        } else if (event instanceof DeskEvent.NoteWritten note) {
            return note(tx, context, note, before, now);
        } else if (event instanceof DeskEvent.ConversationReopened) {
            return reopen(tx, context, found.get(), now);
        } else if (before.status() == State.CLOSED) {
            return Ended.ignored("already-closed", "the conversation is closed already");
        } else if (event instanceof DeskEvent.ConversationHandedOver handedOver) {
            return bots.handedOver(tx, context.stored().id(), before, handedOver.reason(), now)
                    ? Ended.DONE
                    : Ended.ignored(
                            "no-bot",
                            "the desk that has the conversation is no bot (holds: true): a rule moves its conversations");
        }
        return change(tx, context, found.get(), before.closed(at), now);
    }

    private Ended tag(Tx tx, JourneyContext context, Versioned found, DeskEvent.ConversationTagged event, long now) {
        Conversation before = found.conversation();
        List<String> tags = event.of(before.tags());
        if (tags.equals(before.tags())) {
            return Ended.ignored("same-tags", "the conversation has these tags already");
        }
        Conversation after = before.change()
                .onlyTags(tags)
                .updatedAt(Instant.ofEpochMilli(now))
                .build();
        return change(tx, context, found, after, now);
    }

    /** The desk gets the note as words of its own beside the conversation: nothing of it goes to the customer. */
    private Ended note(
            Tx tx, JourneyContext context, DeskEvent.NoteWritten event, Conversation conversation, long now) {
        tx.messages()
                .insert(Message.note(
                        context.stored().id(),
                        tx.conversations().nextPlace(conversation.id(), null),
                        new Message.Author(Message.Author.Kind.AGENT, event.author()),
                        event.at(),
                        context.stored().receivedAt(),
                        List.of(new Part.Text(event.text()))));
        String by = event.author() == null ? "Note: " : "Note by " + event.author() + ": ";
        tell(tx, context, conversation, by + event.text(), now);
        return Ended.DONE;
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
            tell(tx, context, after, now);
        }
        return closedChats.ended(
                tx, found.conversation(), after, context.stored().id(), now);
    }

    /** As attributes: it opens nothing again. The desk is told of each answer, of which the last stands. */
    Ended rated(Tx tx, JourneyContext context, SurveyAnswered event, long now) {
        if (event.survey() != null) {
            return surveys.answered(tx, context, event.survey(), event, now);
        }
        Optional<Versioned> found = tx.conversations()
                .find(event.conversation())
                .filter(one ->
                        one.conversation().channel().equals(context.stored().source())
                                && one.conversation().address().equals(event.address()));
        if (found.isEmpty()) {
            return Ended.ignored("unknown-chat", "the chat that was rated is none of the customer's");
        }
        ConversationBuilder rated = found.get()
                .conversation()
                .change()
                .attributes(Map.of(CSAT, String.valueOf(event.score())))
                .withoutAttribute(CSAT_COMMENT);
        Conversation after = event.comment() == null
                ? rated.build()
                : rated.attributes(Map.of(CSAT_COMMENT, event.comment())).build();
        tx.conversations().update(after, found.get().version());
        String comment = event.comment() == null ? "." : ": " + event.comment();
        triggers.raise(tx, On.SURVEY, context.stored().id(), after, now);
        if (!String.valueOf(event.score())
                .equals(found.get().conversation().attributes().get(CSAT))) {
            outgoing.counted().survey(tx, context.stored().id(), CSAT, event.score(), after, now);
        }
        tell(tx, context, after, "The customer rated the conversation " + event.score() + " of 5" + comment, now);
        return Ended.DONE;
    }

    Ended polled(Tx tx, JourneyContext context, PollAnswered event, long now) {
        return polls.answered(tx, context, event, now);
    }

    /** Closes the conversation that a customer ended; its desk is told. */
    Ended ended(Tx tx, JourneyContext context, ChatEnded event, long now) {
        Optional<Versioned> found =
                tx.conversations().byExternalId(context.stored().source(), event.externalId());
        if (found.isEmpty()) {
            return Ended.ignored("unknown-chat", "the chat that ended has no conversation");
        }
        Conversation before = found.get().conversation();
        if (before.status() == State.CLOSED) {
            return Ended.ignored("already-closed", "the conversation is closed already");
        }
        Conversation after = before.closed(Instant.ofEpochMilli(now));
        tx.conversations().update(after, found.get().version());
        tell(tx, context, after, now);
        return closedChats.ended(tx, before, after, context.stored().id(), now);
    }

    private void tell(Tx tx, JourneyContext context, Conversation after, long now) {
        tell(tx, context, after, null, now);
    }

    private void tell(Tx tx, JourneyContext context, Conversation after, @Nullable String detail, long now) {
        Contact contact = tx.contacts().find(after.contact()).orElseThrow();
        String event = context.stored().id();
        DeskNotice notice =
                Outgoing.notice(DeskNotice.Type.CONVERSATION_UPDATED, now, after, contact, null, null, detail);
        outgoing.notice(tx, event, event, notice, now);
    }
}
