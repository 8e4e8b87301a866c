// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.AccountNotice;
import io.dragoman.model.ChatEnded;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerForgotten;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Event;
import io.dragoman.model.MessagePiece;
import io.dragoman.model.OrderChanged;
import io.dragoman.model.PollAnswered;
import io.dragoman.model.SurveyAnswered;
import io.dragoman.model.TimerFired;
import io.dragoman.model.TranscriptRequested;
import io.dragoman.store.Events.State;
import io.dragoman.store.IgnoredEvents;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.work.AsyncProcessors;
import io.dragoman.work.FeedWatch;
import io.dragoman.work.IgnoredCounter;
import io.dragoman.work.LogPace;
import io.dragoman.work.StepInput;
import java.time.Clock;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes everything that an event causes, and that the event is done, in one transaction. */
public final class Commit extends AsyncProcessorSupport implements AsyncProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(Commit.class);

    private final Store store;
    private final CommitMessage messages;
    private final CommitEcho echoes;
    private final CommitNews news;
    private final CommitReply replies;
    private final CommitStart starts;
    private final IgnoredCounter ignored;
    private final CommitReference references;
    private final CommitConversation conversations;
    private final CommitTranscript transcripts;
    private final CommitTrigger triggers;
    private final CommitOrder orders;
    private final CommitPiece pieces;
    private final Predicate<String> archives;
    private final FeedWatch feedWatch;
    private final Clock clock;
    private final LogPace pace;

    /** @param archives whether a desk gets copies alone, so that nothing comes from there */
    public Commit(
            Store store,
            CommitMessage messages,
            CommitEcho echoes,
            CommitNews news,
            CommitReply replies,
            CommitStart starts,
            IgnoredCounter ignored,
            CommitReference references,
            CommitConversation conversations,
            CommitTranscript transcripts,
            CommitTrigger triggers,
            CommitOrder orders,
            CommitPiece pieces,
            Predicate<String> archives,
            FeedWatch feedWatch,
            Clock clock) {
        this.store = store;
        this.messages = messages;
        this.echoes = echoes;
        this.news = news;
        this.replies = replies;
        this.starts = starts;
        this.ignored = ignored;
        this.references = references;
        this.conversations = conversations;
        this.transcripts = transcripts;
        this.triggers = triggers;
        this.orders = orders;
        this.pieces = pieces;
        this.archives = archives;
        this.feedWatch = feedWatch;
        this.clock = clock;
        this.pace = new LogPace(LOG, "events that ended", clock);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        JourneyContext context = StepInput.of(exchange, JourneyContext.class);
        long now = clock.millis();
        return AsyncProcessors.when(store.write(tx -> commit(tx, context, now)), exchange, callback, ended -> {
            exchange.getMessage().setBody(context.ended(ended));
            if (ended.kind() != null) {
                ignored.count(new IgnoredEvents.Named(context.stored().source(), ended.kind()));
            }
            if (ended.fed() != null) {
                feedWatch.changed(ended.fed().channel(), ended.fed().address());
            }
            if (context.event() instanceof CustomerForgotten) {
                orders.forgotten();
            }
            log(context, ended);
        });
    }

    private void log(JourneyContext context, Ended ended) {
        LOG.atLevel(ended.state() == State.DEAD ? Level.WARN : pace.next())
                .log(
                        "journey {} {} from {}: {}{}",
                        context.stored().id(),
                        context.stored().type(),
                        context.stored().source(),
                        ended.state(),
                        ended.reason() == null ? "" : ", " + ended.reason());
    }

    private Ended commit(Tx tx, JourneyContext context, long now) {
        Ended ended = apply(tx, context, now);
        // last, and fenced: a worker whose lease ran out rolls all of it back
        tx.events().finish(context.claim(), context.stored().id(), ended.state(), ended.reason(), now);
        if (ended.kind() != null) {
            tx.ignored().name(context.stored().id(), ended.kind());
        }
        return ended;
    }

    private Ended apply(Tx tx, JourneyContext context, long now) {
        Event event = context.event();
        ConversationMatch place = context.place();
        if (event instanceof DeskEvent.InConversation
                && !(event instanceof DeskEvent.ReferenceChanged)
                && archives.test(context.stored().source())) {
            return Ended.ignored(
                    "of-an-archive", "the desk is an archive: what is written or done there counts nowhere");
        } else if (event instanceof DeskEvent.InConversation
                && tx.knownDesks().tookBefore(context.stored().source(), event.key())) {
            return Ended.ignored(
                    "known-event", "it came already, under the id that the desk had before it was renamed");
        } else if (event instanceof MessageReceived message && place != null) {
            return messages.apply(tx, context, message, place, now);
        } else if (event instanceof MessagePiece piece) {
            return pieces.apply(tx, context.stored(), piece, now);
        } else if (event instanceof CustomerEvent.ConsentChanged consent) {
            return CommitCustomer.consent(tx, context.stored().source(), consent, now);
        } else if (event instanceof CustomerEvent.ChatMoved moved) {
            return CommitCustomer.moved(tx, context.stored().source(), moved);
        } else if (event instanceof ChatEnded chat) {
            return conversations.ended(tx, context, chat, now);
        } else if (event instanceof TranscriptRequested transcript) {
            return transcripts.apply(tx, context.stored(), transcript, now);
        } else if (event instanceof SurveyAnswered survey) {
            return conversations.rated(tx, context, survey, now);
        } else if (event instanceof PollAnswered poll) {
            return conversations.polled(tx, context, poll, now);
        } else if (event instanceof CustomerEvent.IdentitiesLinked linked) {
            return CommitCustomer.linked(tx, context.stored(), linked, now);
        } else if (event instanceof OrderChanged order) {
            return orders.changed(tx, context.stored(), order, now);
        } else if (event instanceof CustomerForgotten forgotten) {
            return orders.forgotten(tx, context.stored().source(), forgotten, now);
        } else if (event instanceof AccountNotice notice) {
            return tx.notices().put(context.stored().source(), notice, now)
                    ? Ended.DONE
                    : Ended.ignored("later-notice", "a later notice about the same is already there");
        } else if (event instanceof MessageEchoed echo && place != null) {
            return echoes.apply(tx, context, echo, place, now);
        } else if (event instanceof DeskEvent.AgentReplied reply) {
            return replies.apply(tx, context, reply, now);
        } else if (event instanceof DeskEvent.ConversationStarted started && place != null) {
            return starts.apply(tx, context, started, place, now);
        } else if (event instanceof DeskEvent.ReferenceChanged changed) {
            return references.apply(tx, context, changed, now);
        } else if (event instanceof DeskEvent.InConversation change) {
            return conversations.apply(tx, context, change, now);
        } else if (event instanceof TimerFired fired) {
            return triggers.apply(tx, context, fired, now);
        }
        return news.apply(tx, context, now);
    }

    /** A feed of a channel. */
    record Fed(String channel, String address) {
        @Override
        public String toString() {
            return "Fed[" + channel + "]";
        }
    }

    /**
     * How an event ended.
     *
     * @param kind what was ignored, in one word; null when it was not
     * @param reason why it was ignored or is dead; null when it is done
     * @param fed the feed that has something new; null for none
     */
    public record Ended(
            State state,
            @Nullable String kind,
            @Nullable String reason,
            @Nullable Fed fed) {
        static final Ended DONE = new Ended(State.DONE, null, null, null);

        static Ended done(Fed fed) {
            return new Ended(State.DONE, null, null, fed);
        }

        static Ended ignored(String kind, String reason) {
            return new Ended(State.IGNORED, "journey." + kind, reason, null);
        }

        static Ended dead(String reason) {
            return new Ended(State.DEAD, null, reason, null);
        }
    }
}
