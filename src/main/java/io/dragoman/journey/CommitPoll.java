// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.PollAnswered;
import io.dragoman.model.Timer;
import io.dragoman.model.Words;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Rules;
import io.dragoman.rules.action.AskPoll;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.rules.poll.Poll;
import io.dragoman.rules.poll.PollQuestion;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Polls.Answer;
import io.dragoman.store.Polls.Asked;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks polls that rules ask for, and writes what customers answer. */
public final class CommitPoll {
    /** The kind of the timers. */
    static final String KIND = "ask-poll";

    private final Outgoing outgoing;
    private final Supplier<Rules> rules;
    private final Triggers triggers;
    private final AutoReplies replies;
    private final PollAnswers answers;
    private final KeptAnswers kept;
    private final Supplier<String> ids;

    /**
     * @param rules the active ones
     * @param ids makes ids in rising order
     */
    public CommitPoll(Outgoing outgoing, Supplier<Rules> rules, Triggers triggers, Supplier<String> ids) {
        this.outgoing = outgoing;
        this.rules = rules;
        this.triggers = triggers;
        this.replies = new AutoReplies(outgoing, ids);
        this.answers = new PollAnswers(rules);
        this.kept = new KeptAnswers(triggers);
        this.ids = ids;
    }

    /** What a timer's payload says. */
    private record Waiting(String poll, String language) {}

    /** What the author of what a poll says is called. */
    static String author(String poll) {
        return "poll " + poll;
    }

    private Optional<Poll> poll(String name) {
        return rules.get().polls().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    /**
     * Asks what a decision says, unless it is suppressed: at once, or by a timer when the customer's quiet hours are over.
     *
     * @param answered the message that it answers; null for none
     */
    void ask(Tx tx, String event, Decision decision, @Nullable Message answered, Conversation conversation, long now) {
        AskPoll ask = decision.ask().filter(AskPoll::isEffective).orElse(null);
        if (ask == null) {
            return;
        }
        Instant until = ask.waitsUntil();
        if (until == null) {
            String to = answered == null ? null : answered.id();
            poll(ask.poll()).ifPresent(poll -> ask(tx, event, poll, ask.language(), to, conversation, now));
        } else {
            tx.timers()
                    .set(new Timer(
                            ids.get(),
                            KIND,
                            KIND + ":" + conversation.id() + ":" + ask.poll(),
                            until,
                            conversation.id(),
                            null,
                            Json.write(new Waiting(ask.poll(), ask.language())),
                            event,
                            Instant.ofEpochMilli(now)));
        }
    }

    private void ask(
            Tx tx,
            String event,
            Poll poll,
            String language,
            @Nullable String answered,
            Conversation conversation,
            long now) {
        String id = ids.get();
        PollQuestion first = poll.questions().get(0);
        Message message = replies.write(
                tx,
                event,
                author(poll.name()),
                PollMessage.parts(id, poll, first, language, ""),
                answered,
                conversation,
                now);
        tx.polls()
                .insert(new Asked(
                        id,
                        poll.name(),
                        conversation.id(),
                        conversation.channel(),
                        language,
                        first.name(),
                        message.sequence(),
                        false,
                        Instant.ofEpochMilli(now),
                        null));
    }

    /** Asks what waited, unless it has become pointless. */
    Ended fired(Tx tx, String event, Timer timer, long now) {
        Waiting waiting = Json.read(timer.payload(), Waiting.class);
        Optional<Versioned> found = tx.conversations().find(timer.conversation());
        Optional<Poll> poll = poll(waiting.poll());
        if (found.isEmpty()) {
            return Ended.ignored("unknown-chat", "the conversation is gone");
        } else if (poll.isEmpty()) {
            return Ended.ignored("poll-skipped", "the poll " + waiting.poll() + " is not configured any more");
        }
        Conversation conversation = found.get().conversation();
        Instant before = tx.polls().asked(conversation.contact()).get(waiting.poll());
        String refused = poll.get().refuses(before, Instant.ofEpochMilli(now));
        if (refused == null) {
            refused = refused(tx, timer, conversation, now);
        }
        if (refused != null) {
            return Ended.ignored("poll-skipped", "the poll is not asked: " + refused);
        }
        ask(tx, event, poll.get(), waiting.language(), null, conversation, now);
        return Ended.DONE;
    }

    /** Why nothing automatic may be said to the customer by now, although it might when the poll was put off; null where it may. */
    private @Nullable String refused(Tx tx, Timer timer, Conversation conversation, long now) {
        boolean handedOver = tx.botHandOvers()
                .find(conversation.id())
                .filter(over -> !over.at().isBefore(timer.setAt()))
                .isPresent();
        if (handedOver) {
            return "the conversation was handed over to people";
        }
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        return rules.get()
                .refuses(FiredTrigger.situation(
                        tx, conversation, contact, Trigger.of(On.POLL), Instant.ofEpochMilli(now)));
    }

    /** The last answer counts; the desk is told of each. */
    Ended answered(Tx tx, JourneyContext context, PollAnswered event, long now) {
        String id = context.stored().id();
        Optional<Asked> asked = tx.polls()
                .find(event.poll())
                .filter(one -> one.account().equals(context.stored().source()))
                .filter(one -> one.conversation().equals(event.conversation()));
        Optional<Versioned> found = asked.flatMap(one -> tx.conversations().find(one.conversation()));
        Optional<Poll> poll = asked.flatMap(one -> poll(one.name()));
        Optional<PollQuestion> question = poll.flatMap(one -> one.question(event.question()));
        if (asked.isEmpty() || found.isEmpty() || poll.isEmpty() || question.isEmpty()) {
            return Ended.ignored("unknown-poll", "no such question was asked on this channel");
        } else if (!poll.get().isOpen(asked.get().askedAt(), Instant.ofEpochMilli(now))) {
            return Ended.ignored("poll-closed", "the poll takes no more answers");
        }
        boolean changed =
                write(tx, asked.get(), question.get(), poll.get().questions().indexOf(question.get()), event, now);
        Conversation after = kept.answer(tx, id, found.get(), question.get(), event.value(), now);
        boolean waited = event.question().equals(asked.get().question());
        if (changed) {
            tell(tx, id, asked.get(), event, after, now);
            outgoing.counted().poll(tx, id, asked.get().name(), after, now);
        }
        if (waited) {
            goOn(tx, id, asked.get(), poll.get(), question.get(), event, after, now);
        }
        boolean ended = waited
                ? poll.get().after(question.get()).isEmpty()
                : asked.get().doneAt() != null;
        if (changed && ended) {
            triggers.raise(tx, On.POLL, id, after, now);
        }
        return Ended.DONE;
    }

    /** Whether it says something new. */
    private static boolean write(Tx tx, Asked asked, PollQuestion question, int place, PollAnswered event, long now) {
        boolean same = tx.polls().answers(asked.id()).stream()
                .anyMatch(one ->
                        one.question().equals(question.name()) && one.value().equals(event.value()));
        Integer right = question.right();
        Boolean correct = right == null ? null : Boolean.valueOf(right.equals(event.choice()));
        tx.polls()
                .answered(
                        asked.id(),
                        new Answer(
                                question.name(),
                                place,
                                Words.of(question.kind()),
                                event.value(),
                                event.choice(),
                                correct,
                                Instant.ofEpochMilli(now)));
        return !same;
    }

    /** What is said to the answer, and the next question or the end, in one message; none where there is nothing to say. */
    private void goOn(
            Tx tx,
            String event,
            Asked asked,
            Poll poll,
            PollQuestion question,
            PollAnswered answer,
            Conversation conversation,
            long now) {
        Optional<String> verdict = question.verdict(answer.choice(), asked.language());
        Optional<PollQuestion> next = poll.after(question);
        if (next.isPresent()) {
            ask(tx, event, asked, poll, next.get(), verdict.orElse(""), false, conversation, now);
            return;
        }
        tx.polls().waits(asked.id(), null, asked.sequence(), false, now);
        String end = Stream.of(verdict, poll.thanks(asked.language()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n\n"));
        if (!end.isEmpty()) {
            replies.tell(tx, event, author(poll.name()), end, conversation, now);
        }
    }

    private void ask(
            Tx tx,
            String event,
            Asked asked,
            Poll poll,
            PollQuestion question,
            String before,
            boolean again,
            Conversation conversation,
            long now) {
        Message message = replies.write(
                tx,
                event,
                author(poll.name()),
                PollMessage.parts(asked.id(), poll, question, asked.language(), before),
                null,
                conversation,
                now);
        tx.polls().waits(asked.id(), question.name(), message.sequence(), again, now);
    }

    /**
     * A message that is no answer to the question of a form that waits: that is asked once more, unless the rules say
     * something themselves.
     */
    void missed(
            Tx tx,
            String event,
            MessageReceived received,
            Decision decision,
            Message message,
            Conversation conversation,
            long now) {
        boolean spoken = decision.subjects().stream().anyMatch(one -> one.equals("reply") || one.equals("ask"))
                || decision.answer().isPresent();
        if (spoken || rules.get().polls().isEmpty()) {
            return;
        }
        boolean silent = received.automatic() != null
                || received.consent() != null
                || tx.contacts().optedOut(conversation.channel(), conversation.contact());
        if (silent) {
            return;
        }
        answers.missed(
                        tx,
                        conversation.channel(),
                        conversation.contact(),
                        conversation.id(),
                        message.sequence(),
                        Instant.ofEpochMilli(now))
                .ifPresent(one -> ask(
                        tx,
                        event,
                        one.asked(),
                        one.poll(),
                        one.question(),
                        one.poll().again(one.asked().language()).orElse(""),
                        true,
                        conversation,
                        now));
    }

    private void tell(Tx tx, String event, Asked asked, PollAnswered answer, Conversation after, long now) {
        Contact contact = tx.contacts().find(after.contact()).orElseThrow();
        String which = answer.question().equals(asked.name()) ? "" : ", " + answer.question();
        String detail = "The customer answered the poll " + asked.name() + which + ": " + answer.value();
        outgoing.notice(
                tx,
                event,
                event,
                Outgoing.notice(DeskNotice.Type.CONVERSATION_UPDATED, now, after, contact, null, null, detail),
                now);
    }
}
