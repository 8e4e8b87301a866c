// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
import io.dragoman.model.SurveyAnswered;
import io.dragoman.model.Timer;
import io.dragoman.model.Words;
import io.dragoman.rules.Rules;
import io.dragoman.rules.SurveyPlan;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.rules.survey.Survey;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Surveys.Sent;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sends a survey when its time after a closing has come, and writes what the customer answers. */
public final class CommitSurvey {
    /** The kind of the timers. */
    static final String KIND = "ask-survey";

    /** What the author of a message that asks is called, before the survey's name. */
    private static final String AUTHOR = "survey ";

    private static final Set<Status> LEFT = EnumSet.of(Status.SENT, Status.DELIVERED, Status.READ);

    private final Outgoing outgoing;
    private final Supplier<Rules> rules;
    private final Triggers triggers;
    private final SurveyMessage messages;
    private final AutoReplies replies;
    private final KeptAnswers kept;
    private final Supplier<String> ids;

    /**
     * @param rules the active ones
     * @param links the address of the page of a survey that was sent, by our id of it
     * @param ids makes ids in rising order
     */
    public CommitSurvey(
            Outgoing outgoing,
            Supplier<Rules> rules,
            Triggers triggers,
            UnaryOperator<String> links,
            Supplier<String> ids) {
        this.outgoing = outgoing;
        this.rules = rules;
        this.triggers = triggers;
        this.kept = new KeptAnswers(triggers);
        this.messages = new SurveyMessage(links);
        this.replies = new AutoReplies(outgoing, ids);
        this.ids = ids;
    }

    /** The active ones. */
    Rules rules() {
        return rules.get();
    }

    /** What a timer's payload says. */
    private record Named(String survey) {}

    /** The timer that sends a survey of this name. */
    static Timer timer(String id, String name, String conversation, String event, Instant due, Instant now) {
        String key = KIND + ":" + conversation + ":" + name;
        return new Timer(id, KIND, key, due, conversation, null, Json.write(new Named(name)), event, now);
    }

    Ended fired(Tx tx, String event, Timer timer, long now) {
        Optional<Versioned> found = tx.conversations().find(timer.conversation());
        if (found.isEmpty()) {
            return Ended.ignored("unknown-chat", "the conversation is gone");
        }
        Conversation conversation = found.get().conversation();
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        Instant at = Instant.ofEpochMilli(now);
        Situation situation = FiredTrigger.situation(tx, conversation, contact, Trigger.of(On.CLOSED), at);
        String name = Json.read(timer.payload(), Named.class).survey();
        Optional<SurveyPlan> plan = rules.get()
                .survey(
                        name,
                        situation,
                        FaqOutcomes.language(tx, conversation.id()).orElse(null));
        if (plan.isEmpty()) {
            return skipped("the survey " + name + " is not configured any more");
        }
        String why = skip(tx, plan.get(), situation, now);
        Instant until = plan.get().waitsUntil();
        if (why != null) {
            return skipped(why);
        } else if (until != null) {
            tx.timers().set(timer(ids.get(), name, conversation.id(), event, until, at));
            return Ended.ignored("survey-waits", "it is quiet where the customer is until " + until);
        }
        send(tx, event, plan.get(), conversation, now);
        return Ended.DONE;
    }

    private static Ended skipped(String why) {
        return Ended.ignored("survey-skipped", "the survey is not sent: " + why);
    }

    /** Why it is not sent; null when it is. */
    private static @Nullable String skip(Tx tx, SurveyPlan plan, Situation situation, long now) {
        Conversation conversation = situation.conversation();
        Survey survey = plan.survey();
        long since = now - survey.every().toMillis();
        if (conversation.status() == State.OPEN) {
            return "the conversation was opened again";
        } else if (conversation.isPublic()) {
            return "everybody can read the conversation";
        } else if (!tx.botHandOvers().personAnswered(conversation.id())) {
            return "no person has answered the customer";
        } else if (conversation.attributes().containsKey(survey.attribute())) {
            return "the customer has rated the conversation already";
        } else if (tx.surveys().sentSince(conversation.contact(), survey.name(), since)) {
            return "the customer got it within " + survey.every().toDays() + " days (every)";
        }
        return plan.skipped();
    }

    private void send(Tx tx, String event, SurveyPlan plan, Conversation conversation, long now) {
        Survey survey = plan.survey();
        String id = ids.get();
        Message message = replies.write(
                tx,
                event,
                AUTHOR + survey.name(),
                messages.parts(id, survey, plan.language(), conversation),
                null,
                conversation,
                now);
        String agent = conversation.assignee() != null
                ? conversation.assignee()
                : tx.surveys().lastPerson(conversation.id()).orElse(null);
        tx.surveys()
                .insert(new Sent(
                        id,
                        survey.name(),
                        Words.of(survey.kind()),
                        survey.version(),
                        survey.scale().text(),
                        conversation.id(),
                        conversation.contact(),
                        conversation.channel(),
                        plan.language(),
                        agent,
                        message.id(),
                        message.sequence(),
                        Instant.ofEpochMilli(now),
                        null,
                        null,
                        null,
                        null));
    }

    /** A message has another status: one that asks has left. */
    static void status(Tx tx, Message message, Status status, long now) {
        String author = message.author().name();
        boolean asks =
                message.author().kind() == Message.Author.Kind.RULE && author != null && author.startsWith(AUTHOR);
        if (asks && LEFT.contains(status)) {
            tx.surveys().delivered(message.id(), now);
        }
    }

    /** The last answer counts; the desk is told of each. */
    Ended answered(Tx tx, JourneyContext context, String survey, SurveyAnswered event, long now) {
        String id = context.stored().id();
        Optional<Sent> sent = tx.surveys()
                .find(survey)
                .filter(one -> one.account().equals(context.stored().source()))
                .filter(one -> one.conversation().equals(event.conversation()));
        Optional<Versioned> found = sent.flatMap(one -> tx.conversations().find(one.conversation()));
        if (sent.isEmpty() || found.isEmpty()) {
            return Ended.ignored("unknown-survey", "no such survey was sent on this channel");
        } else if (!Survey.Scale.of(sent.get().scale()).has(event.score())) {
            return Ended.ignored(
                    "bad-score", "the score is none of " + sent.get().scale());
        }
        Integer before = sent.get().score();
        tx.surveys().answered(survey, event.score(), event.comment(), now);
        String attribute = attribute(sent.get());
        Conversation after = rated(found.get().conversation(), attribute, event);
        tx.conversations().update(after, found.get().version());
        kept.score(tx, id, after, attribute, event.score(), now);
        boolean changed = before == null || before != event.score();
        if (changed) {
            triggers.raise(tx, On.SURVEY, id, after, now);
            outgoing.counted().survey(tx, id, sent.get().name(), event.score(), after, now);
        }
        tell(tx, id, sent.get(), event, after, now);
        if (!event.elsewhere()) {
            reply(tx, id, sent.get(), event, after, now);
        }
        return Ended.DONE;
    }

    private static String attribute(Sent sent) {
        return Survey.attribute(Words.find(Survey.Kind.class, sent.kind()).orElse(Survey.Kind.OWN), sent.name());
    }

    private static Conversation rated(Conversation conversation, String attribute, SurveyAnswered event) {
        ConversationBuilder rated = conversation.change().attributes(Map.of(attribute, String.valueOf(event.score())));
        return event.comment() == null
                ? rated.build()
                : rated.attributes(Map.of(attribute + "Comment", event.comment()))
                        .build();
    }

    private void tell(Tx tx, String event, Sent sent, SurveyAnswered answer, Conversation after, long now) {
        Contact contact = tx.contacts().find(after.contact()).orElseThrow();
        String comment = answer.comment() == null ? "." : ": " + answer.comment();
        String detail = "The customer answered the survey " + sent.name() + " with " + answer.score() + " of "
                + sent.scale() + comment;
        outgoing.notice(
                tx,
                event,
                event,
                Outgoing.notice(DeskNotice.Type.CONVERSATION_UPDATED, now, after, contact, null, null, detail),
                now);
    }

    /** Asks for a comment once, and thanks once at the end, however often an answer is changed. */
    private void reply(Tx tx, String event, Sent sent, SurveyAnswered answer, Conversation after, long now) {
        Optional<Survey> survey = rules.get().surveys().stream()
                .filter(one -> one.name().equals(sent.name()))
                .findFirst();
        Optional<String> text = Optional.empty();
        if (sent.score() == null && answer.comment() == null) {
            text = survey.flatMap(one -> one.comment(sent.language()).or(() -> one.thanks(sent.language())));
        } else if (sent.comment() == null && answer.comment() != null) {
            text = survey.flatMap(one -> one.thanks(sent.language()));
        }
        text.ifPresent(words -> replies.tell(tx, event, AUTHOR + sent.name(), words, after, now));
    }
}
