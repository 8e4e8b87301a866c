// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outcome;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.store.ConversationDesks;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.Kind;
import io.dragoman.store.Deliveries.State;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.work.AsyncProcessors;
import io.dragoman.work.BotWatch;
import io.dragoman.work.DueMail;
import io.dragoman.work.LinkedIdentities;
import io.dragoman.work.LogPace;
import io.dragoman.work.MessageNews;
import io.dragoman.work.StepInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Records how an attempt ended and what follows: done, the next step, another try, or a state that a person sees. */
public final class Settle extends AsyncProcessorSupport implements AsyncProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(Settle.class);
    /** Media is tried less often than a message: providers delete theirs soon. */
    private static final int MOST_FETCHES = 8;
    /** The text beside an agent's file waits for it: its server must be back soon. */
    private static final Duration LONGEST_WAIT_FOR_AN_AGENTS_FILE = Duration.ofMinutes(2);
    /** A target that is back gets so many at once of those that wait out their schedule. */
    private static final int MOST_HURRIED = 500;

    private final Store store;
    private final MessageNews news;
    private final DueMail dueMail;
    private final BotWatch bots;
    private final RetrySchedule schedule;
    private final DeliveryPolicy policy;
    private final CircuitBreakers targets;
    private final Clock clock;
    private final LogPace pace;

    public Settle(
            Store store,
            MessageNews news,
            DueMail dueMail,
            BotWatch bots,
            RetrySchedule schedule,
            DeliveryPolicy policy,
            CircuitBreakers targets,
            Clock clock) {
        this.store = store;
        this.news = news;
        this.dueMail = dueMail;
        this.bots = bots;
        this.schedule = schedule;
        this.policy = policy;
        this.targets = targets;
        this.clock = clock;
        this.pace = new LogPace(LOG, "deliveries that were sent", clock);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Attempted attempted = StepInput.of(exchange, Attempted.class);
        long now = clock.millis();
        String target = attempted.claimed().claim().flow().target();
        boolean back = attempted.tried() && targets.ended(target, attempted.outcome());
        return AsyncProcessors.when(
                // how it ended is known here alone: while the store is unavailable, it waits
                store.insist(tx -> {
                    Settled settled = settle(tx, attempted, now);
                    if (back) {
                        tx.deliveries().hurryTarget(attempted.claimed().stored().target(), now, MOST_HURRIED);
                    }
                    return settled;
                }),
                exchange,
                callback,
                settled -> log(attempted, settled));
    }

    private void log(Attempted attempted, Settled settled) {
        Deliveries.Stored delivery = attempted.claimed().stored();
        Outcome outcome = attempted.outcome();
        String detail = OutcomeRow.detail(outcome);
        Reason reason = OutcomeRow.reason(outcome);
        boolean warns = settled.needsPerson() || (outcome instanceof Outcome.Sent && detail != null);
        LOG.atLevel(warns ? Level.WARN : outcome instanceof Outcome.Sent ? pace.next() : Level.INFO)
                .log(
                        "outbox {} {} to {} attempt {}: {}{}{}{}",
                        delivery.id(),
                        delivery.kind(),
                        delivery.target(),
                        attempted.claimed().attempt(),
                        settled.words(),
                        reason == null ? "" : ", " + reason,
                        detail == null ? "" : ", " + detail,
                        warns ? ", conversation " + delivery.conversation() : "");
    }

    Settled settle(Tx tx, Attempted attempted, long now) {
        Deliveries.Stored delivery = attempted.claimed().stored();
        Outcome outcome = attempted.outcome();
        String externalId = outcome instanceof Outcome.Sent sent ? sent.externalId() : null;
        tx.attempts()
                .end(
                        delivery.id(),
                        attempted.claimed().attempt(),
                        OutcomeRow.ending(outcome),
                        OutcomeRow.reason(outcome),
                        OutcomeRow.detail(outcome),
                        outcome instanceof Outcome.Sent sent
                                        && (delivery.kind() == Kind.NOTICE || sent.written() != null)
                                ? sent.written() // a ticket's id is none of what was written in it
                                : externalId,
                        now);
        if (outcome instanceof Outcome.Sent sent) {
            Settled settled = sent(tx, attempted, externalId, now);
            keep(tx, delivery, sent);
            learn(tx, delivery, sent.customer(), now);
            return settled;
        } else if (outcome instanceof Outcome.Fetched fetched) {
            tx.media().keep(delivery.mediaItem(), fetched.blob(), fetched.fileName());
            tx.deliveries().finish(attempted.claimed().claim(), delivery.id(), State.DELIVERED, null, null, now);
            proceed(tx, delivery, now);
            return new Settled("fetched", false);
        } else if (outcome instanceof Outcome.Retry retry) {
            return again(tx, attempted, retry.after(), now);
        } else if (outcome instanceof Outcome.Gone) {
            return GoneTicket.forget(tx, attempted, now) ? Settled.again(now) : fail(tx, attempted, false, now);
        } else if (outcome instanceof Outcome.Uncertain uncertain) {
            return attempted.mayRepeat()
                    ? again(tx, attempted, uncertain.after(), now)
                    : fail(tx, attempted, false, now);
        } else if (outcome instanceof Outcome.Refused refused && CircuitBreakers.itsOwn(refused.reason())) {
            // the account is at fault, not this message: it waits until that is corrected
            return again(tx, attempted, null, now);
        }
        return fail(tx, attempted, OutcomeRow.reason(outcome) == Reason.EXPIRED, now);
    }

    private static void learn(Tx tx, Deliveries.Stored delivery, List<Identity> customer, long now) {
        if (delivery.kind() == Kind.MESSAGE && !customer.isEmpty()) {
            String why = "the channel said so when it took a message (delivery " + delivery.id() + ")";
            LinkedIdentities.apply(tx, delivery.id(), delivery.target(), customer, why, now);
        }
    }

    /** For the desk's connector alone. */
    private static void keep(Tx tx, Deliveries.Stored delivery, Outcome.Sent sent) {
        if (delivery.kind() == Kind.NOTICE
                && !tx.conversationDesks().keep(delivery.conversation(), delivery.target(), sent.kept())) {
            LOG.warn(
                    "outbox {}: what {} keeps of conversation {} would have more than {} characters; it stays as it was",
                    delivery.id(),
                    delivery.target(),
                    delivery.conversation(),
                    ConversationDesks.LONGEST_KEPT);
        }
    }

    private Settled sent(Tx tx, Attempted attempted, @Nullable String externalId, long now) {
        Deliveries.Stored delivery = attempted.claimed().stored();
        if (delivery.kind() == Kind.UNREAD || delivery.kind() == Kind.BOT) {
            return due(tx, attempted, now);
        }
        if (delivery.kind() == Kind.NOTICE && externalId != null) {
            tx.conversationDesks().refer(delivery.conversation(), delivery.target(), externalId);
        }
        boolean last = delivery.step() + 1 >= attempted.steps();
        if (last) {
            // those of a message may name others' addresses; a desk's are told nowhere else
            String losses = join(delivery.kind() == Kind.NOTICE ? attempted.allLosses() : attempted.losses());
            tx.deliveries().finish(attempted.claimed().claim(), delivery.id(), State.DELIVERED, null, losses, now);
        } else {
            tx.deliveries().stepDone(attempted.claimed().claim(), delivery.id(), attempted.steps(), now);
        }
        if (delivery.kind() == Kind.MESSAGE) {
            messageSent(tx, attempted, externalId, last, now);
        }
        return Settled.sent(delivery.step() + 1, attempted.steps());
    }

    /** The mail or the hand-over, and that its time has come, or that there is nothing to do any more. */
    private Settled due(Tx tx, Attempted attempted, long now) {
        Deliveries.Stored timer = attempted.claimed().stored();
        boolean bot = timer.kind() == Kind.BOT;
        boolean done = bot ? bots.due(tx, timer, now) : dueMail.due(tx, timer, now);
        State state = done ? State.DELIVERED : State.CANCELLED;
        tx.deliveries().finish(attempted.claimed().claim(), timer.id(), state, null, null, now);
        String what = bot ? "hand over" : "mail";
        return new Settled(done ? "time to " + what : "nothing to " + what, false);
    }

    private void messageSent(Tx tx, Attempted attempted, @Nullable String externalId, boolean last, long now) {
        Deliveries.Stored delivery = attempted.claimed().stored();
        if (last) {
            String losses = join(attempted.allLosses());
            activity(tx, delivery, Status.SENT, null, losses, attempted.lost(), now);
        }
        if (externalId != null && delivery.message() != null) {
            tx.messages().external(delivery.target(), externalId, delivery.message());
            for (CustomerEvent.Receipt early : tx.messages().takeReceipts(delivery.target(), externalId)) {
                tx.messages()
                        .find(delivery.message())
                        .ifPresent(message -> news.receipt(tx, delivery.event(), delivery.id(), message, early, now));
            }
            news.known(tx, delivery.target(), externalId, now);
        }
    }

    private static @Nullable String join(List<String> losses) {
        return losses.isEmpty() ? null : String.join(" ", losses);
    }

    private Settled again(Tx tx, Attempted attempted, @Nullable Duration wanted, long now) {
        Deliveries.Stored delivery = attempted.claimed().stored();
        // a helpdesk that asks for more has a wrong clock sooner than a reason, and agents wait
        boolean tooLong =
                delivery.kind() == Kind.NOTICE && wanted != null && wanted.compareTo(CircuitBreakers.LONGEST_ASKED) > 0;
        Duration asked = tooLong ? CircuitBreakers.LONGEST_ASKED : wanted;
        int tries = attempted.claimed().tries();
        String target = attempted.claimed().claim().flow().target();
        long wait = targets.wait(target, schedule.after(tries)).toMillis();
        Duration postponed = attempted.postponement(); // no call was left: that was no attempt
        long at =
                now + (postponed == null ? Math.max(wait, asked == null ? 0 : asked.toMillis()) : postponed.toMillis());
        if (postponed != null) {
            tx.attempts().uncount(delivery.id());
        }
        boolean tired = delivery.kind() == Kind.FETCH && (tries >= MOST_FETCHES || tooLateForItsText(tx, delivery, at));
        boolean late = at >= policy.deadline(delivery).toEpochMilli();
        if (tired || late) {
            return fail(tx, attempted, late, now);
        }
        Outcome outcome = attempted.outcome();
        if (OutcomeRow.reason(outcome) == Reason.WINDOW_CLOSED && isOpenAgain(tx, delivery, now)) {
            at = now; // the customer wrote meanwhile
        }
        tx.deliveries()
                .retry(
                        attempted.claimed().claim(),
                        delivery.id(),
                        mayBeOut(attempted),
                        OutcomeRow.reason(outcome),
                        OutcomeRow.detail(outcome),
                        at);
        return Settled.again(at);
    }

    private static boolean isOpenAgain(Tx tx, Deliveries.Stored delivery, long now) {
        return tx.conversations()
                .find(delivery.conversation())
                .filter(found -> !found.conversation().isReplyClosed(Instant.ofEpochMilli(now)))
                .isPresent();
    }

    private static boolean tooLateForItsText(Tx tx, Deliveries.Stored delivery, long at) {
        boolean agents = tx.media()
                .find(delivery.mediaItem())
                .filter(MediaAccess::isLink)
                .isPresent();
        return agents
                && at > delivery.since().plus(LONGEST_WAIT_FOR_AN_AGENTS_FILE).toEpochMilli();
    }

    /** Whether it may be out by this attempt or one before: then it is not certain that it failed. */
    private static boolean mayBeOut(Attempted attempted) {
        Kind kind = attempted.claimed().stored().kind();
        return kind != Kind.FETCH
                && kind != Kind.UNREAD
                && kind != Kind.BOT
                && (attempted.doubt() || attempted.outcome() instanceof Outcome.Uncertain);
    }

    /** It ends here; if {@code late} and another try could succeed, its lane may stop with it. */
    private Settled fail(Tx tx, Attempted attempted, boolean late, long now) {
        State state = mayBeOut(attempted) ? State.UNCERTAIN : State.DEAD;
        Deliveries.Stored delivery = attempted.claimed().stored();
        Reason reason = OutcomeRow.reason(attempted.outcome());
        String detail = OutcomeRow.detail(attempted.outcome());
        boolean worthAnother = state == State.DEAD || attempted.mayRepeat();
        if (worthAnother && late && policy.pauses(delivery)) {
            String why = "not delivered in time: " + detail;
            tx.deliveries().stop(attempted.claimed().claim(), delivery.id(), mayBeOut(attempted), why, now);
            return Settled.PAUSED;
        }
        if (delivery.kind() == Kind.SEEN || (delivery.kind() == Kind.UNREAD && !late)) {
            state = State.CANCELLED; // nobody waits for it
        }
        tx.deliveries().finish(attempted.claimed().claim(), delivery.id(), state, reason, detail, now);
        if (delivery.kind() == Kind.MESSAGE && state == State.DEAD) {
            // where a file alone is missing, who wrote must not write again
            Status status = attempted.lost().isEmpty() ? Status.FAILED : Status.SENT;
            activity(tx, delivery, status, status == Status.SENT ? null : reason, detail, attempted.lost(), now);
        } else if (delivery.kind() == Kind.MESSAGE && state == State.UNCERTAIN) {
            message(tx, delivery).ifPresent(found -> news.uncertain(tx, delivery.id(), found, detail, now));
        } else if (delivery.kind() == Kind.NOTICE && state == State.DEAD) {
            bots.dead(tx, delivery, now);
        } else if (delivery.kind() == Kind.FETCH) {
            tx.media().fail(delivery.mediaItem(), reason == null ? Reason.MEDIA_REFUSED : reason);
            proceed(tx, delivery, now);
        }
        return Settled.ended(state);
    }

    private void activity(
            Tx tx,
            Deliveries.Stored delivery,
            Status status,
            @Nullable Reason reason,
            @Nullable String detail,
            List<String> notes,
            long now) {
        message(tx, delivery)
                .ifPresent(found ->
                        news.activity(tx, delivery.event(), delivery.id(), found, status, reason, detail, notes, now));
    }

    private static Optional<Message> message(Tx tx, Deliveries.Stored delivery) {
        return Optional.ofNullable(delivery.message())
                .flatMap(id -> tx.messages().find(id));
    }

    /** What waited for an attachment goes on when the last of its message has ended. */
    private static void proceed(Tx tx, Deliveries.Stored delivery, long now) {
        String message = delivery.message();
        if (message != null && !tx.media().pending(message)) {
            tx.deliveries().hurry(message, now);
        }
    }
}
