// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.BotPolicy;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Participants;
import io.dragoman.rules.Rules;
import io.dragoman.rules.listen.PublicAnswers;
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

    private final ConnectorRegistry registry;
    private final Outgoing outgoing;
    private final CustomerReach reach;
    private final CommitUnread unread;
    private final Bots bots;
    private final Supplier<Rules> rules;
    private final HeldAnswers held;

    /**
     * @param rules the active ones, which say whether answers in public wait for approval
     * @param ids makes ids in rising order
     */
    public CommitReply(
            ConnectorRegistry registry,
            Outgoing outgoing,
            CommitUnread unread,
            Bots bots,
            Supplier<Rules> rules,
            Supplier<String> ids) {
        this.registry = registry;
        this.outgoing = outgoing;
        this.unread = unread;
        this.bots = bots;
        this.rules = rules;
        this.held = new HeldAnswers(outgoing, ids);
        this.reach = new CustomerReach(registry, outgoing, ids);
    }

    Ended apply(Tx tx, JourneyContext context, DeskEvent.AgentReplied event, long now) {
        String source = context.stored().source();
        Optional<Versioned> found = NamedConversation.everAssigned(tx, source, event);
        if (found.isEmpty()) {
            String unknown = "there is no conversation of this desk with the id that the reply names";
            return UnknownTicket.ended(registry, tx, context.stored(), event, unknown, now);
        }
        Conversation conversation = found.get().conversation();
        if (!source.equals(Events.API) && tx.attempts().wrote(source, conversation.id(), event.key(), LAST)) {
            return Ended.ignored("own-writing", "the desk shows what the gateway wrote there itself");
        }
        Optional<BotPolicy> bot = bots.bot(source);
        Optional<Ended> refused = bot.flatMap(policy -> refused(tx, context, policy, conversation, now));
        if (refused.isPresent()) {
            return refused.get();
        }
        PublicAnswers waits = rules.get().publicAnswers();
        if (conversation.isPublic() && (bot.isPresent() ? waits.automatic() : waits.agents())) {
            hold(tx, context, event, bot.isPresent(), conversation, waits, now);
            return Ended.DONE;
        }
        Message.Author.Kind kind = bot.isPresent() ? Message.Author.Kind.BOT : Message.Author.Kind.AGENT;
        Message message = write(tx, context, event, kind, conversation, now);
        if (bot.isEmpty()) {
            unread.answered(tx, context.stored().id(), message, conversation, now);
            if (!bots.answered(tx, context.stored().id(), source, conversation, now)) {
                show(tx, context, message, conversation, now);
            }
        }
        return Ended.DONE;
    }

    /** In public it is sent once it is approved; the desk sees it then. */
    private void hold(
            Tx tx,
            JourneyContext context,
            DeskEvent.AgentReplied event,
            boolean bot,
            Conversation conversation,
            PublicAnswers waits,
            long now) {
        Message.Author.Kind kind = bot ? Message.Author.Kind.BOT : Message.Author.Kind.AGENT;
        String id = context.stored().id();
        String answered = event.replyTo() == null
                ? null
                : tx.messages().find(event.replyTo()).map(Message::id).orElse(null);
        Message.Author author = new Message.Author(kind, event.author());
        held.hold(tx, id, id, author, event.parts(), answered, conversation, waits.expires(), now);
    }

    private Message write(
            Tx tx,
            JourneyContext context,
            DeskEvent.AgentReplied event,
            Message.Author.Kind kind,
            Conversation conversation,
            long now) {
        String answered = event.replyTo() == null
                ? null
                : tx.messages().find(event.replyTo()).map(Message::id).orElse(null);
        Message message = Message.queued(
                context.stored().id(),
                tx.conversations().nextPlace(conversation.id(), answered),
                new Message.Author(kind, event.author()),
                event.at(),
                context.stored().receivedAt(),
                outgoing.mediaIds(event.parts()));
        message = message.with(others(tx, conversation, event, message.replyTo()));
        tx.messages().insert(message);
        Triggers.answered(tx, conversation.id());
        outgoing.fetch(tx, context.stored().id(), context.stored().raw(), event.parts(), message, conversation, now);
        reach.send(tx, context.stored().id(), message, conversation, now);
        return message;
    }

    /** A bot answers while it has the conversation, and not without end. */
    private Optional<Ended> refused(Tx tx, JourneyContext context, BotPolicy bot, Conversation conversation, long now) {
        if (!context.stored().source().equals(conversation.desk())) {
            return Optional.of(Ended.ignored(
                    "bot-handed-over",
                    "the desk " + conversation.desk() + " has the conversation now, so the bot's answer is not sent"));
        } else if (bots.exceeds(tx, context.stored().id(), bot, conversation, now)) {
            return Optional.of(
                    Ended.ignored(
                            "bot-limit",
                            "the bot answered more than " + bot.limit()
                                    + " times in a row (botLimit): this answer is not sent, and the conversation was handed over"));
        }
        return Optional.empty();
    }

    /** The desk that has the conversation sees what the console, the API or another desk that had it answers. */
    private void show(Tx tx, JourneyContext context, Message message, Conversation conversation, long now) {
        if (context.stored().source().equals(conversation.desk())) {
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
