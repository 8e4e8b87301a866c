// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.journey.CommitMessage.Explanation;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.TimerFired;
import io.dragoman.rules.Decision;
import io.dragoman.store.Tx;
import io.dragoman.work.History;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes what rules decided about something that is no message: that nobody answers, or that a conversation was closed. */
public final class CommitTrigger {
    private final Outgoing outgoing;
    private final HandOver handOver;
    private final DecidedDesk desks;
    private final Triggers triggers;
    private final ClosedChats closedChats;
    private final AutoReplies replies;
    private final CommitSurvey surveys;
    private final HeldAnswers held;
    private final CommitPoll polls;

    /** @param ids makes ids in rising order */
    public CommitTrigger(
            ConnectorRegistry registry,
            Outgoing outgoing,
            Bots bots,
            Triggers triggers,
            CommitSurvey surveys,
            CommitPoll polls,
            Supplier<String> ids) {
        this.outgoing = outgoing;
        this.handOver = new HandOver(registry, outgoing);
        this.desks = new DecidedDesk(registry, bots);
        this.triggers = triggers;
        this.surveys = surveys;
        this.polls = polls;
        this.closedChats = new ClosedChats(registry, outgoing, triggers);
        this.replies = new AutoReplies(outgoing, ids);
        this.held = new HeldAnswers(outgoing, ids);
    }

    Ended apply(Tx tx, JourneyContext context, TimerFired event, long now) {
        ConversationMatch place = context.place();
        if (event.timer().kind().equals(CommitSurvey.KIND)) {
            return surveys.fired(tx, context.stored().id(), event.timer(), now);
        } else if (event.timer().kind().equals(CommitPoll.KIND)) {
            return polls.fired(tx, context.stored().id(), event.timer(), now);
        } else if (event.timer().kind().equals(AutoReplies.KIND)) {
            return replies.fired(tx, context.stored().id(), event, surveys.rules(), now);
        } else if (event.timer().kind().equals(HeldAnswers.KIND)) {
            return held.fired(tx, context.stored().id(), event.timer(), now);
        } else if (Triggers.of(event.timer()).isEmpty()) {
            return Ended.ignored(
                    "unknown-timer",
                    "nothing in this version sets timers of the kind "
                            + event.timer().kind());
        } else if (place == null || place.version() == null) {
            return Ended.ignored("unknown-chat", "the conversation is gone");
        }
        String over = Triggers.over(tx, event.timer(), place.conversation());
        if (over != null) {
            return Ended.ignored("trigger-over", over);
        }
        Decision decision = context.decision();
        tx.messages().decision(context.stored().id(), Json.write(new Explanation(place.why(), decision)));
        return decision.actions().isEmpty()
                ? Ended.ignored("no-rule", "no rule that waits for this applies")
                : apply(tx, context.stored().id(), place, place.version(), decision, now);
    }

    private Ended apply(Tx tx, String event, ConversationMatch place, long version, Decision decision, long now) {
        Conversation before = place.conversation();
        List<String> tags = decision.values("contact tags");
        Contact contact = tags.isEmpty() ? place.contact() : tx.contacts().tag(place.contact(), tags);
        Conversation after = conversation(tx, before, decision, now);
        if (!after.equals(before)) {
            tx.conversations().update(after, version);
        }
        boolean moved = !Objects.equals(before.desk(), after.desk());
        if (moved) {
            handOver.tell(tx, event, before, after, contact, now);
        }
        if (!after.equals(before) || !decision.notes().isEmpty()) {
            outgoing.notice(tx, event, event, notice(tx, after, contact, moved, decision.notes(), now), now);
        }
        replies.send(tx, event, decision, null, after, now);
        polls.ask(tx, event, decision, null, after, now);
        triggers.changed(tx, event, place.contact(), contact, after, now);
        return closedChats.ended(tx, before, after, event, now);
    }

    private Conversation conversation(Tx tx, Conversation before, Decision decision, long now) {
        ConversationBuilder next = before.change();
        decision.apply(next);
        desks.give(tx, before, desks.of(tx, before, decision), next);
        Conversation after = next.build();
        return after.equals(before)
                ? before
                : after.change().updatedAt(Instant.ofEpochMilli(now)).build();
    }

    /** A desk that has not had the conversation is shown its last message, with those before it. */
    private static DeskNotice notice(
            Tx tx, Conversation after, Contact contact, boolean moved, List<String> notes, long now) {
        Message last = moved ? last(tx, after).orElse(null) : null;
        if (last == null) {
            String detail = notes.isEmpty() ? null : String.join("\n", notes);
            return Outgoing.notice(DeskNotice.Type.CONVERSATION_UPDATED, now, after, contact, null, null, detail);
        }
        DeskNotice.Type type = last.direction() == Message.Direction.IN
                ? DeskNotice.Type.MESSAGE_RECEIVED
                : DeskNotice.Type.MESSAGE_SENT;
        DeskNotice.Data data = new DeskNotice.Data(after, contact, last, null, null, notes);
        return new DeskNotice(type, Instant.ofEpochMilli(now), data.after(History.before(tx, last)));
    }

    private static Optional<Message> last(Tx tx, Conversation conversation) {
        return tx.messages().headings(conversation.id(), 1).stream().findFirst().flatMap(heading -> tx.messages()
                .find(heading.id()));
    }
}
