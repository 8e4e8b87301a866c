// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.app.explain.MessageStory;
import io.dragoman.store.Deliveries;
import io.dragoman.store.ReadAccess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes out, and how far it is. Blocks. */
public final class DeliveryQueries {
    private final ReadAccess store;

    public DeliveryQueries(ReadAccess store) {
        this.store = store;
    }

    /** Deliveries, the latest first, without their attempts. */
    public record DeliveryPage(List<MessageStory.Delivery> deliveries) {}

    /** The latest deliveries, of one state or of all. */
    public DeliveryPage latest(Deliveries.@Nullable State state, int most) {
        return new DeliveryPage(store.read(tx -> tx.deliveries().recent(state, most)).stream()
                .map(delivery -> MessageStory.Delivery.of(delivery, null))
                .toList());
    }

    /** One with its attempts. */
    public Optional<MessageStory.Delivery> find(String id) {
        return store.read(tx -> tx.deliveries()
                .find(id)
                .map(found -> MessageStory.Delivery.of(found, tx.attempts().of(id))));
    }
}
