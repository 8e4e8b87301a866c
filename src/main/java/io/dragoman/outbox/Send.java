// SPDX-License-Identifier: Apache-2.0
package io.dragoman.outbox;

import io.dragoman.camel.StepInput;
import io.dragoman.connector.Connector.Repeat;
import io.dragoman.connector.Directory;
import io.dragoman.connector.Directory.Bound;
import io.dragoman.connector.Lookup;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Rendering;
import io.dragoman.connector.Wire;
import io.dragoman.message.Conversation;
import io.dragoman.message.Json;
import io.dragoman.message.Message;
import io.dragoman.message.Part;
import io.dragoman.message.Reason;
import io.dragoman.store.Claimed;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Performs one attempt of a delivery through its connector. */
public final class Send implements Processor {
    /** After so many attempts in a row that ended with the process, the last ones alone, it is to blame. */
    private static final int MOST_CRASHES = 8;

    private final Store store;
    private final Directory directory;
    private final Wire wire;
    private final MediaAccess media;
    private final DeliveryPolicy policy;
    private final Clock clock;

    public Send(Store store, Directory directory, Wire wire, MediaAccess media, DeliveryPolicy policy, Clock clock) {
        this.policy = policy;
        this.store = store;
        this.directory = directory;
        this.wire = wire;
        this.media = media;
        this.clock = clock;
    }

    /** The store could not be asked: the wire was not touched. */
    static final class NotBegun extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotBegun(StoreException cause) {
            super(cause);
        }
    }

    @Override
    public void process(Exchange exchange) {
        Claimed.Delivery claimed = StepInput.of(exchange, Claimed.Delivery.class);
        try {
            exchange.getMessage().setBody(attempt(claimed));
        } catch (StoreException e) {
            throw new NotBegun(e); // all that is looked up is looked up before the wire is touched
        }
    }

    private Attempted attempt(Claimed.Delivery claimed) {
        Deliveries.Stored delivery = claimed.stored();
        Optional<Bound> target = directory.find(delivery.target());
        if (delivery.crashes() >= MOST_CRASHES) {
            String detail = "the process ended in " + delivery.crashes() + " attempts in a row";
            return Attempted.untried(claimed, new Outcome.Uncertain(Reason.TIMEOUT, detail), false);
        }
        boolean mayRepeat = target.map(bound -> mayRepeat(delivery, bound)).orElse(false);
        boolean mayAsk = target.map(bound -> mayAsk(delivery, bound)).orElse(false);
        if (!clock.instant().isBefore(policy.deadline(delivery))) {
            Outcome expired = new Outcome.Refused(Reason.EXPIRED, "its time to be delivered is over");
            return Attempted.untried(claimed, expired, mayRepeat || mayAsk);
        }
        if (target.isEmpty()) {
            String detail = delivery.target() + " is not configured any more";
            return Attempted.untried(claimed, new Outcome.Retry(Reason.UNSUPPORTED, detail), false);
        }
        Bound bound = target.get();
        if (claimed.unsure() && !mayRepeat && !mayAsk) {
            String detail = "nobody knows how the attempt before ended";
            return Attempted.untried(claimed, new Outcome.Uncertain(Reason.TIMEOUT, detail), false);
        }
        return switch (delivery.kind()) {
            case MESSAGE -> message(claimed, bound, mayRepeat, mayAsk);
            case NOTICE -> Attempted.whole(claimed, notice(delivery, bound), mayRepeat);
            case SEEN ->
                Attempted.whole(
                        claimed,
                        bound.connector().send(bound.account(), Json.read(delivery.payload(), Outbound.class), wire),
                        mayRepeat);
            case FETCH ->
                Attempted.whole(claimed, media.fetch(bound, Json.read(delivery.payload(), String.class)), mayRepeat);
        };
    }

    /** Whether it is right to send once more what may be out. */
    private static boolean mayRepeat(Deliveries.Stored delivery, Bound target) {
        return target.connector().repeat() == Repeat.IDEMPOTENT
                || delivery.kind() == Deliveries.Kind.FETCH
                || (!delivery.automatic() && target.account().onUncertain() == OnUncertain.REPEAT);
    }

    private static boolean mayAsk(Deliveries.Stored delivery, Bound target) {
        return target.connector().repeat() == Repeat.QUERYABLE && delivery.kind() == Deliveries.Kind.MESSAGE;
    }

    private Outcome notice(Deliveries.Stored delivery, Bound desk) {
        Outbound.ToDesk toDesk = (Outbound.ToDesk) Json.read(delivery.payload(), Outbound.class);
        String reference = store.read(tx -> tx.conversations().find(delivery.conversation()))
                .map(found -> found.conversation().deskReference())
                .orElse(null);
        return desk.connector()
                .send(
                        desk.account(),
                        new Outbound.ToDesk(toDesk.key(), media.linked(toDesk.notice(), reference)),
                        wire);
    }

    private Attempted message(Claimed.Delivery claimed, Bound channel, boolean mayRepeat, boolean mayAsk) {
        Deliveries.Stored delivery = claimed.stored();
        Outbound.ToCustomer whole = (Outbound.ToCustomer) Json.read(delivery.payload(), Outbound.class);
        Optional<Outcome> refused = refusal(delivery, whole);
        if (refused.isPresent()) {
            return Attempted.untried(claimed, refused.get(), false);
        }
        Optional<List<Part>> parts = media.linked(whole.parts());
        if (parts.isEmpty()) {
            return Attempted.untried(
                    claimed, new Outcome.Retry(Reason.MEDIA_REFUSED, "its media is not fetched yet"), false);
        }
        // pure, so that every attempt cuts the message at the same places
        Rendering.Plan plan = Rendering.plan(channel.limits(), parts.get(), Part.Media::url);
        if (plan.steps().isEmpty()) {
            return Attempted.untried(
                    claimed, new Outcome.Refused(Reason.UNSUPPORTED, String.join(" ", plan.losses())), false);
        }
        List<Part> step =
                plan.steps().get(Math.min(delivery.step(), plan.steps().size() - 1));
        String key = plan.steps().size() == 1 ? whole.key() : whole.key() + "/" + delivery.step();
        Outbound.ToCustomer outbound = new Outbound.ToCustomer(
                key,
                whole.message(),
                whole.conversation(),
                whole.address(),
                step,
                delivery.step() == 0 ? whole.replyTo() : null,
                whole.subject(),
                whole.references(),
                whole.author(),
                whole.automatic());
        boolean asks = mayAsk && claimed.unsure();
        Lookup answer = asks ? asked(delivery, channel, outbound) : new Lookup.Absent();
        boolean doubt = claimed.unsure() && !(asks && answer instanceof Lookup.Absent);
        if (answer instanceof Lookup.Unknown unknown && (unknown.later() != null || !mayRepeat)) {
            Outcome open = new Outcome.Uncertain(Reason.TIMEOUT, unknown.detail(), unknown.later());
            return Attempted.untried(claimed, open, unknown.later() != null);
        }
        Outcome outcome = answer instanceof Lookup.Found found
                ? new Outcome.Sent(found.externalId())
                : channel.connector().send(channel.account(), outbound, wire);
        return new Attempted(claimed, outcome, plan.steps().size(), plan.losses(), mayRepeat || mayAsk, doubt, true);
    }

    /** What the other side says of an attempt that perhaps sent this. */
    private Lookup asked(Deliveries.Stored delivery, Bound channel, Outbound outbound) {
        Predicate<String> known = id -> store.read(tx -> tx.messages().byExternalId(delivery.target(), id))
                .isPresent();
        Instant since = store.read(tx -> tx.attempts().firstUnsure(delivery.id(), delivery.step()))
                .orElse(delivery.createdAt());
        return channel.connector().lookUp(channel.account(), outbound, since, known, wire);
    }

    /** What is known to be refused before the wire is touched. */
    private Optional<Outcome> refusal(Deliveries.Stored delivery, Outbound.ToCustomer outbound) {
        return store.read(tx -> {
            Conversation conversation = tx.conversations()
                    .find(delivery.conversation())
                    .orElseThrow()
                    .conversation();
            if (tx.contacts().optedOut(conversation.channel(), conversation.contact())) {
                return Optional.of(new Outcome.Refused(
                        Reason.RECIPIENT_OPTED_OUT, "the customer asked not to be written to on this channel"));
            }
            boolean template = outbound.parts().stream().anyMatch(Part.Template.class::isInstance);
            if (conversation.replyUntil() != null && conversation.replyUntil().isBefore(clock.instant()) && !template) {
                return Optional.of(new Outcome.Refused(
                        Reason.WINDOW_CLOSED,
                        "the channel takes free answers only for a time after the customer wrote; send a template"));
            }
            boolean gone = tx.messages()
                    .find(outbound.message())
                    .map(Message::deletedAt)
                    .isPresent();
            return gone
                    ? Optional.of(new Outcome.Refused(Reason.CONTENT_REFUSED, "the message was taken back"))
                    : Optional.empty();
        });
    }
}
