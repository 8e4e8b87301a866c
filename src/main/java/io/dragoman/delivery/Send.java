// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.AnswersLatest;
import io.dragoman.connector.ClosedWindow;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.DeskIds;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MailsUnread;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.Conversation;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.store.ConversationDesks.AtDesk;
import io.dragoman.store.Deliveries;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.work.CallLimits;
import io.dragoman.work.DeskNotices;
import io.dragoman.work.NewsCalls;
import io.dragoman.work.NotBegun;
import io.dragoman.work.StepInput;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Performs one attempt of a delivery through its connector. */
public final class Send implements Processor {
    /** After so many attempts in a row that ended with the process, the last ones alone, it is the cause. */
    private static final int MOST_CRASHES = 8;
    /** What is held goes out when the customer writes; should that have crossed with holding it, it is looked at again. */
    private static final Duration HELD = Duration.ofHours(1);

    /** What we wrote into a conversation is looked for among so many of its last messages. */
    private static final int WRITTEN = 200;

    private final Store store;
    private final ConnectorRegistry registry;
    private final Transport transport;
    private final CallLimits calls;
    private final DeskNotices notices;
    private final MediaAccess media;
    private final CountedSend counted;
    private final DeliveryPolicy policy;
    private final Clock clock;

    public Send(
            Store store,
            ConnectorRegistry registry,
            Transport transport,
            CallLimits calls,
            DeskNotices notices,
            MediaAccess media,
            CountedSend counted,
            DeliveryPolicy policy,
            Clock clock) {
        this.policy = policy;
        this.store = store;
        this.registry = registry;
        this.transport = transport;
        this.calls = calls;
        this.notices = notices;
        this.media = media;
        this.counted = counted;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        LeasedWork.Delivery claimed = StepInput.of(exchange, LeasedWork.Delivery.class);
        try {
            exchange.getMessage().setBody(attempt(claimed));
        } catch (StoreException e) {
            // all that is looked up is looked up before the wire is touched
            throw new NotBegun("the store could not be queried", e);
        }
    }

    private Attempted attempt(LeasedWork.Delivery claimed) {
        Deliveries.Stored delivery = claimed.stored();
        if (delivery.kind() == Deliveries.Kind.BOT) {
            return Attempted.untried(
                    claimed, new Outcome.Sent(null), true); // a timer: nothing goes out, nobody is asked
        }
        Optional<ConfiguredAccount> target = registry.find(delivery.target());
        if (delivery.crashes() >= MOST_CRASHES) {
            String detail = "the process ended in " + delivery.crashes() + " attempts in a row";
            return Attempted.untried(claimed, new Outcome.Uncertain(Reason.TIMEOUT, detail), false);
        }
        boolean mayRepeat =
                target.map(configured -> mayRepeat(delivery, configured)).orElse(false);
        boolean mayAsk = target.map(configured -> mayAsk(delivery, configured)).orElse(false);
        if (!clock.instant().isBefore(policy.deadline(delivery))) {
            Outcome expired = new Outcome.Refused(Reason.EXPIRED, "delivery deadline exceeded");
            return Attempted.untried(claimed, expired, mayRepeat || mayAsk);
        }
        if (target.isEmpty()) {
            String detail = delivery.target() + " is not configured any more";
            return Attempted.untried(claimed, new Outcome.Retry(Reason.UNSUPPORTED, detail), false);
        }
        ConfiguredAccount configured = target.get();
        if (claimed.unsure() && !mayRepeat && !mayAsk) {
            String detail = "the outcome of the previous attempt is unknown";
            return Attempted.untried(claimed, new Outcome.Uncertain(Reason.TIMEOUT, detail), false);
        }
        return switch (delivery.kind()) {
            case MESSAGE -> message(claimed, configured, mayRepeat, mayAsk);
            case NOTICE -> notice(claimed, configured, mayRepeat, mayAsk);
            case SEEN -> Attempted.whole(claimed, readReceipt(delivery, configured), mayRepeat);
            case UNREAD -> Attempted.whole(claimed, unread(configured), mayRepeat);
            case COUNT -> counted.perform(claimed, configured);
            case FETCH, BOT -> Attempted.whole(claimed, media.fetch(configured, delivery.mediaItem()), mayRepeat);
        };
    }

    /** Whether it is right to send once more what may be out. */
    private boolean mayRepeat(Deliveries.Stored delivery, ConfiguredAccount target) {
        Duration since = Duration.between(delivery.since(), clock.instant());
        boolean known = since.compareTo(target.connector().keysKept()) <= 0;
        return (target.connector().retrySafety() == RetrySafety.IDEMPOTENT && known)
                || delivery.kind() == Deliveries.Kind.FETCH
                || delivery.kind() == Deliveries.Kind.UNREAD
                || (!delivery.automatic() && target.account().onUncertain() == OnUncertain.REPEAT);
    }

    private static boolean mayAsk(Deliveries.Stored delivery, ConfiguredAccount target) {
        boolean looksUp = delivery.kind() == Deliveries.Kind.MESSAGE || delivery.kind() == Deliveries.Kind.NOTICE;
        return looksUp && target.connector().retrySafety() == RetrySafety.QUERYABLE;
    }

    private Outcome readReceipt(Deliveries.Stored delivery, ConfiguredAccount channel) {
        if (!(channel.connector() instanceof ReadMarker marker && marker.marksRead(channel.account()))) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "the channel has no read receipts");
        }
        return marker.markRead(
                channel.account(),
                (Outbound.ReadReceipt) Json.read(delivery.payload(), Outbound.class),
                transport.with(channel.account().trust()));
    }

    /** Whether what is unread can be mailed now: nothing goes out here, the mail is a delivery of its own. */
    private Outcome unread(ConfiguredAccount channel) {
        Optional<String> via = channel.connector() instanceof MailsUnread mails
                ? mails.mailsUnread(channel.account()).map(MailsUnread.Plan::via)
                : Optional.empty();
        if (via.isEmpty()) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "the channel mails nothing that is unread");
        }
        return registry.find(via.get()).isPresent()
                ? new Outcome.Sent(null)
                : new Outcome.Retry(Reason.UNSUPPORTED, via.get() + ", which mails it, is not configured");
    }

    private Attempted notice(LeasedWork.Delivery claimed, ConfiguredAccount desk, boolean mayRepeat, boolean mayAsk) {
        Deliveries.Stored delivery = claimed.stored();
        Outbound.ToDesk told = notices.of(store, delivery);
        if (desk.desk().takesFiles(desk.account()) && media.isPending(told.notice())) {
            return Attempted.untried(
                    claimed, new Outcome.Retry(Reason.MEDIA_REFUSED, "its media is not fetched yet"), false);
        }
        AtDesk there = store.read(tx -> tx.conversationDesks().find(delivery.conversation(), delivery.target()));
        Outbound.ToDesk stored = FollowUp.of(told, there, store);
        Outbound.ToDesk notice =
                new Outbound.ToDesk(stored.key(), media.linked(stored.notice(), there.reference()), there.kept());
        DeskIds taken = new DeskIds(
                id -> store.read(tx ->
                        tx.conversationDesks().isReferenceOfAnother(delivery.target(), id, delivery.conversation())),
                id -> store.read(tx -> tx.attempts().wrote(delivery.target(), delivery.conversation(), id, WRITTEN)));
        DoubtfulSend<Outbound.ToDesk> send =
                new DoubtfulSend<>(claimed, desk, notice, mayRepeat, mayAsk, (outbound, through) -> desk.desk()
                        .deliver(desk.account(), outbound, through));
        Optional<NewsCalls> calls = this.calls.news(desk.account());
        return calls.isEmpty()
                ? send.perform(store, transport, 1, List.of(), taken)
                : counted(calls.get(), through -> send.perform(store, through, 1, List.of(), taken));
    }

    /** News for which no call was left is not tried: it waits for one, and nobody is at fault. */
    private Attempted counted(NewsCalls calls, Function<Transport, Attempted> sending) {
        Attempted attempted = sending.apply(calls.over(transport));
        calls.close();
        boolean surely = attempted.outcome() instanceof Outcome.Retry || !attempted.tried();
        return surely ? calls.missing().map(attempted::postponed).orElse(attempted) : attempted;
    }

    private Attempted message(
            LeasedWork.Delivery claimed, ConfiguredAccount channel, boolean mayRepeat, boolean mayAsk) {
        Deliveries.Stored delivery = claimed.stored();
        Outbound.ToCustomer whole = (Outbound.ToCustomer) Json.read(delivery.payload(), Outbound.class);
        Optional<Outcome> refused = refusal(delivery, whole, channel);
        if (refused.isPresent()) {
            return Attempted.untried(claimed, refused.get(), false);
        }
        Optional<SendableParts> ready = media.sendable(whole.parts());
        if (ready.isEmpty()) {
            return Attempted.untried(
                    claimed, new Outcome.Retry(Reason.MEDIA_REFUSED, "its media is not fetched yet"), false);
        }
        // pure, so that every attempt cuts the message at the same places
        Limits limits = channel.channel().limits(channel.account(), whole.address());
        Rendering.Plan plan = Rendering.plan(limits, ready.get().parts(), Part.Media::url);
        Outcome.Refused missing = ready.get().missing();
        int sendable = plan.steps().size();
        if (missing != null && delivery.step() >= sendable) {
            List<String> lost = sendable == 0 ? List.of() : ready.get().lost();
            return Attempted.untried(claimed, missing, false).losing(lost); // the last step: all the rest is sent
        }
        if (plan.steps().isEmpty()) {
            return Attempted.untried(
                    claimed, new Outcome.Refused(Reason.UNSUPPORTED, String.join(" ", plan.losses())), false);
        }
        int steps = missing == null ? sendable : sendable + 1;
        List<Part> step = plan.steps().get(Math.min(delivery.step(), sendable - 1));
        String key = steps == 1 ? whole.key() : whole.key() + "/" + delivery.step();
        int copies = limits.copies();
        Outbound.ToCustomer outbound =
                placed(channel, delivery, whole.copies(copies).step(key, step, delivery.step() == 0));
        Predicate<String> taken = id -> store.read(tx -> tx.messages().byExternalId(delivery.target(), id))
                .isPresent();
        Attempted attempted = new DoubtfulSend<>(
                        claimed, channel, outbound, mayRepeat, mayAsk, (message, transport) -> channel.channel()
                                .send(channel.account(), message, transport))
                .perform(store, transport, steps, losses(plan, whole, copies), taken);
        return attempted.losing(LostFiles.of(attempted.outcome(), plan.steps(), delivery.step(), ready.get()));
    }

    private Outbound.ToCustomer placed(
            ConfiguredAccount channel, Deliveries.Stored delivery, Outbound.ToCustomer outbound) {
        boolean below = channel.connector() instanceof AnswersLatest threads
                && threads.answersLatest(outbound.address())
                && outbound.replyTo() == null;
        return below
                ? store.read(tx -> tx.messages().latestReceived(delivery.conversation()))
                        .map(outbound::answering)
                        .orElse(outbound)
                : outbound;
    }

    private static List<String> losses(Rendering.Plan plan, Outbound.ToCustomer whole, int copies) {
        int leftOut = whole.alsoTo().size() + whole.cc().size() - copies;
        if (leftOut <= 0) {
            return plan.losses();
        }
        String who = copies == 0 ? "the customer alone" : copies + " beside the customer";
        String loss = "The channel sends to " + who + ": recipients left out: " + leftOut + ".";
        return Stream.concat(plan.losses().stream(), Stream.of(loss)).toList();
    }

    private Outcome closed(Deliveries.Stored delivery, ClosedWindow window) {
        if (window.holds() && !delivery.automatic()) {
            Duration left =
                    Duration.between(clock.instant(), policy.deadline(delivery)).minusMillis(1);
            Duration wait = left.compareTo(HELD) < 0 ? left : HELD;
            return new Outcome.Retry(Reason.WINDOW_CLOSED, "it waits until the customer writes", wait);
        }
        String detail =
                "the channel allows free-form answers only for a time after the customer wrote; send a template";
        return new Outcome.Refused(
                Reason.WINDOW_CLOSED,
                window.fallback()
                        .map(other -> detail + "; by " + other + " the customer cannot or must not be reached")
                        .orElse(detail));
    }

    /** What is known to be refused before the wire is touched. */
    private Optional<Outcome> refusal(
            Deliveries.Stored delivery, Outbound.ToCustomer outbound, ConfiguredAccount channel) {
        return store.read(tx -> {
            Conversation conversation = tx.conversations()
                    .find(delivery.conversation())
                    .orElseThrow()
                    .conversation();
            if (tx.contacts().optedOut(delivery.target(), conversation.contact())) {
                return Optional.of(
                        new Outcome.Refused(Reason.RECIPIENT_OPTED_OUT, "the customer opted out of this channel"));
            }
            boolean own = delivery.target().equals(conversation.channel());
            boolean template = outbound.parts().stream().anyMatch(Part.Template.class::isInstance);
            if (own && !template && conversation.isReplyClosed(clock.instant())) {
                return Optional.of(closed(delivery, ClosedWindow.of(channel.account())));
            }
            boolean gone = tx.messages()
                    .find(outbound.message())
                    .map(Message::deletedAt)
                    .isPresent();
            return gone
                    ? Optional.of(new Outcome.Refused(Reason.CONTENT_REFUSED, "the message was deleted"))
                    : Optional.empty();
        });
    }
}
