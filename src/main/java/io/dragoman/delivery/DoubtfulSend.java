// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.DeliveryLookup.Absent;
import io.dragoman.connector.DeliveryLookup.Answer;
import io.dragoman.connector.DeliveryLookup.Found;
import io.dragoman.connector.DeliveryLookup.Unknown;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.model.Reason;
import io.dragoman.store.Deliveries;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends one thing to a channel or desk, unless the target can be queried and has it already from an attempt whose
 * outcome is unknown.
 *
 * @param <T> what is sent
 * @param mayRepeat whether it is right to send once more what may be out
 * @param mayAsk whether the target can be queried first
 */
record DoubtfulSend<T extends Outbound>(
        LeasedWork.Delivery claimed,
        ConfiguredAccount target,
        T outbound,
        boolean mayRepeat,
        boolean mayAsk,
        BiFunction<T, Transport, Outcome> sending) {

    /**
     * Performs it.
     *
     * @param steps how many steps the whole is sent in
     * @param losses what cannot be shown of it
     * @param taken whether an id of the other side belongs to something else of ours
     */
    Attempted perform(Store store, Transport wire, int steps, List<String> losses, Predicate<String> taken) {
        Transport transport = wire.with(target.account().trust());
        boolean asks = mayAsk && claimed.unsure();
        Answer answer = asks ? ask(store, transport, taken) : new Absent();
        boolean doubt = claimed.unsure() && !(asks && answer instanceof Absent);
        if (answer instanceof Unknown unknown && (unknown.later() != null || !mayRepeat)) {
            Outcome open = new Outcome.Uncertain(Reason.TIMEOUT, unknown.detail(), unknown.later());
            return Attempted.untried(claimed, open, unknown.later() != null);
        }
        Outcome outcome = answer instanceof Found found
                ? new Outcome.Sent(found.externalId(), found.losses(), null, found.written()).keeping(found.kept())
                : sending.apply(outbound, transport);
        return new Attempted(claimed, outcome, steps, losses, mayRepeat || mayAsk, doubt, true);
    }

    /** Looks up an attempt that perhaps sent this. */
    private Answer ask(Store store, Transport transport, Predicate<String> taken) {
        @Nullable DeliveryLookup<T> lookup = lookup();
        if (lookup == null) {
            return new Unknown("the target offers no look-up", null);
        }
        Deliveries.Stored delivery = claimed.stored();
        Instant since = store.read(tx -> tx.attempts().firstUnsure(delivery.id(), delivery.step()))
                .orElse(delivery.createdAt());
        return lookup.lookUp(target.account(), outbound, since, taken, transport);
    }

    @SuppressWarnings("unchecked") // a channel is asked for what channels are sent, a desk for what desks are
    private @Nullable DeliveryLookup<T> lookup() {
        return target.connector() instanceof DeliveryLookup<?> lookup ? (DeliveryLookup<T>) lookup : null;
    }
}
