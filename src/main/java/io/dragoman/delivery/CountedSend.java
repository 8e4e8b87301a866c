// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.EventCounter;
import io.dragoman.connector.EventCounter.Subject;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.model.CountedEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Purpose;
import io.dragoman.model.Reason;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells a program that counts of an event, and whom it is about as far as that customer consents to it at this moment. */
public final class CountedSend {
    private final Store store;
    private final Transport transport;
    private final Predicate<Map<Purpose, Boolean>> consents;
    private final Clock clock;

    /** @param consents whether who said this, on the channel of the conversation, may be told apart */
    public CountedSend(Store store, Transport transport, Predicate<Map<Purpose, Boolean>> consents, Clock clock) {
        this.store = store;
        this.transport = transport;
        this.consents = consents;
        this.clock = clock;
    }

    Attempted perform(LeasedWork.Delivery claimed, ConfiguredAccount target) {
        if (!(target.connector() instanceof EventCounter counter)) {
            return untried(claimed, Reason.UNSUPPORTED, "it counts no events any more");
        }
        CountedEvent event = Json.read(claimed.stored().payload(), CountedEvent.class);
        if (event.at().plus(counter.oldest()).isBefore(clock.instant())) {
            String detail =
                    "the event is older than the " + counter.oldest().toHours() + " hours that can be dated back";
            return untried(claimed, Reason.EXPIRED, detail);
        }
        Optional<Subject> subject =
                store.read(tx -> subject(tx, claimed.stored().conversation()));
        if (subject.isEmpty()) {
            return untried(claimed, Reason.UNSUPPORTED, "its conversation is gone");
        }
        Transport own = transport.with(target.account().trust());
        return Attempted.whole(claimed, counter.count(target.account(), event, subject.get(), own), false);
    }

    private static Attempted untried(LeasedWork.Delivery claimed, Reason reason, String detail) {
        return Attempted.untried(claimed, new Outcome.Refused(reason, detail), false);
    }

    private Optional<Subject> subject(Tx tx, String id) {
        return tx.conversations().find(id).map(Versioned::conversation).map(conversation -> {
            Map<Purpose, Boolean> said = tx.consents().of(conversation.channel(), conversation.contact());
            Instant opened = conversation.createdAt();
            return new Subject(id, opened, consents.test(said) ? conversation.contact() : null);
        });
    }
}
