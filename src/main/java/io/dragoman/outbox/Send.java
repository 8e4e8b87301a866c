// SPDX-License-Identifier: Apache-2.0
package io.dragoman.outbox;

import io.dragoman.connector.Connector.Repeat;
import io.dragoman.connector.Directory;
import io.dragoman.connector.Directory.Bound;
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
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Performs one attempt of a delivery through its connector. */
public final class Send implements Processor {
    private final Store store;
    private final Directory directory;
    private final Wire wire;
    private final MediaAccess media;
    private final Clock clock;

    public Send(Store store, Directory directory, Wire wire, MediaAccess media, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.wire = wire;
        this.media = media;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Claimed.Delivery claimed = exchange.getMessage().getBody(Claimed.Delivery.class);
        exchange.getMessage().setBody(attempt(claimed));
    }

    private Attempted attempt(Claimed.Delivery claimed) {
        Deliveries.Stored delivery = claimed.stored();
        Optional<Bound> target = directory.find(delivery.target());
        if (target.isEmpty()) {
            String detail = delivery.target() + " is not configured any more";
            return new Attempted(claimed, new Outcome.Retry(Reason.UNSUPPORTED, detail), 1, List.of(), false);
        }
        Bound bound = target.get();
        boolean mayRepeat = bound.connector().repeat() == Repeat.IDEMPOTENT
                || delivery.kind() == Deliveries.Kind.FETCH
                || (!delivery.automatic() && bound.account().onUncertain() == OnUncertain.REPEAT);
        if (claimed.interrupted() && !mayRepeat) {
            String detail = "the process ended during the attempt";
            return new Attempted(claimed, new Outcome.Uncertain(Reason.TIMEOUT, detail), 1, List.of(), false);
        }
        return switch (delivery.kind()) {
            case MESSAGE -> message(claimed, bound, mayRepeat);
            case NOTICE -> done(claimed, notice(delivery, bound), mayRepeat);
            case SEEN ->
                done(
                        claimed,
                        bound.connector().send(bound.account(), Json.read(delivery.payload(), Outbound.class), wire),
                        mayRepeat);
            case FETCH -> done(claimed, media.fetch(bound, Json.read(delivery.payload(), String.class)), mayRepeat);
        };
    }

    private static Attempted done(Claimed.Delivery claimed, Outcome outcome, boolean mayRepeat) {
        return new Attempted(claimed, outcome, 1, List.of(), mayRepeat);
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

    private Attempted message(Claimed.Delivery claimed, Bound channel, boolean mayRepeat) {
        Deliveries.Stored delivery = claimed.stored();
        Outbound.ToCustomer whole = (Outbound.ToCustomer) Json.read(delivery.payload(), Outbound.class);
        Optional<Outcome> refused = refusal(delivery, whole);
        if (refused.isPresent()) {
            return done(claimed, refused.get(), mayRepeat);
        }
        Optional<List<Part>> parts = media.linked(whole.parts());
        if (parts.isEmpty()) {
            return done(claimed, new Outcome.Retry(Reason.MEDIA_REFUSED, "its media is not fetched yet"), mayRepeat);
        }
        // pure, so that every attempt cuts the message at the same places
        Rendering.Plan plan = Rendering.plan(channel.limits(), parts.get(), Part.Media::url);
        if (plan.steps().isEmpty()) {
            return done(claimed, new Outcome.Refused(Reason.UNSUPPORTED, String.join(" ", plan.losses())), mayRepeat);
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
        Outcome outcome = channel.connector().send(channel.account(), outbound, wire);
        return new Attempted(claimed, outcome, plan.steps().size(), plan.losses(), mayRepeat);
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
