// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.app.answers.SitePages;
import io.dragoman.connector.Transport;
import io.dragoman.journey.Bots;
import io.dragoman.journey.Commit;
import io.dragoman.journey.CommitConversation;
import io.dragoman.journey.CommitEcho;
import io.dragoman.journey.CommitMessage;
import io.dragoman.journey.CommitNews;
import io.dragoman.journey.CommitOrder;
import io.dragoman.journey.CommitPiece;
import io.dragoman.journey.CommitPoll;
import io.dragoman.journey.CommitReference;
import io.dragoman.journey.CommitReply;
import io.dragoman.journey.CommitStart;
import io.dragoman.journey.CommitSurvey;
import io.dragoman.journey.CommitTranscript;
import io.dragoman.journey.CommitTrigger;
import io.dragoman.journey.CommitUnread;
import io.dragoman.journey.Converse;
import io.dragoman.journey.Decide;
import io.dragoman.journey.LookUpContact;
import io.dragoman.journey.LookUps;
import io.dragoman.journey.Outgoing;
import io.dragoman.journey.PollAnswers;
import io.dragoman.journey.SurveyAnswers;
import io.dragoman.journey.Triggers;
import io.dragoman.rules.Rules;
import java.util.function.UnaryOperator;

/** From an event to everything it causes: what {@code routes/journey.camel.yaml} names. */
final class JourneyPart {
    private final SitePages pages;
    private volatile Rules configured;
    /** With the pages of their site maps. */
    private volatile Rules rules;
    /** Notifies desks of the status of messages; the settling of deliveries uses it too. */
    final CommitNews news;
    /** Mails what customers have not read, when its time has come. */
    final CommitUnread unread;
    /** The conversations that bots have. */
    final Bots bots;
    /** Sets what rules wait for. */
    final Triggers triggers;

    /**
     * @param links the address of the page of a survey of this id
     * @param erasing does what has begun to be erased
     */
    JourneyPart(Foundation base, UnaryOperator<String> links, Runnable erasing) {
        pages = base.pages;
        configured = base.setup.rules();
        rules = pages.in(configured);
        triggers = new Triggers(() -> rules, base::newId);
        Outgoing outgoing = new Outgoing(base.registry, base.notices, base::newId);
        news = new CommitNews(outgoing);
        bots = new Bots(base.registry, outgoing);
        CommitSurvey surveys = new CommitSurvey(outgoing, () -> rules, triggers, links, base::newId);
        CommitPoll polls = new CommitPoll(outgoing, () -> rules, triggers, base::newId);
        unread = new CommitUnread(base.registry, outgoing, base::newId);
        base.camel.bind(
                "converse",
                new Converse(
                        base.store,
                        base.registry,
                        new SurveyAnswers(() -> rules),
                        new PollAnswers(() -> rules),
                        base::newId));
        base.camel.bind(
                "lookUp", new LookUpContact(new LookUps(base.store, base.registry, base.transport, base.clock)));
        base.camel.bind("decide", new Decide(situation -> rules.apply(situation), base.shadow));
        base.camel.bind(
                "commit",
                new Commit(
                        base.store,
                        new CommitMessage(base.registry, outgoing, bots, triggers, polls, base::newId),
                        new CommitEcho(base.registry, outgoing, bots),
                        news,
                        new CommitReply(base.registry, outgoing, unread, bots, () -> rules, base::newId),
                        new CommitStart(base.registry, outgoing),
                        base.ignored,
                        new CommitReference(base.registry, outgoing),
                        new CommitConversation(base.registry, outgoing, bots, triggers, surveys, polls),
                        new CommitTranscript(base.registry, outgoing, base::newId),
                        new CommitTrigger(base.registry, outgoing, bots, triggers, surveys, polls, base::newId),
                        new CommitOrder(outgoing.counted(), triggers, base::newId, erasing),
                        new CommitPiece(base::newId),
                        id -> base.registry.now().archives().contains(id),
                        base.feedWatch,
                        base.clock));
    }

    /** The active rules. */
    Rules rules() {
        return rules;
    }

    /** Activates other rules, from the next message on. */
    synchronized void rules(Rules next) {
        configured = next;
        rules = pages.in(next);
    }

    /** Fetches the pages of site maps that are too old, and lets them answer from the next message on. Blocks. */
    void refreshPages(Transport transport) {
        if (pages.refresh(configured, transport)) {
            rules(configured);
        }
    }
}
