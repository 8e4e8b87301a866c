// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A shop made or changed an order.
 *
 * @param email of the customer, in small letters; null where the shop tells none
 * @param phone of the customer, as {@link PhoneNumber} has it; null where the shop tells none
 */
public record OrderChanged(
        String key,
        Instant at,
        CustomerOrder order,
        @Nullable String email,
        @Nullable String phone) implements CustomerEvent {
    public OrderChanged {
        Require.notBlank(key, "key");
    }

    @Override
    public String lane() {
        return lane(order.id());
    }

    /** That of an order with this id. */
    public static String lane(String order) {
        return "order:" + order;
    }

    @Override
    public String toString() {
        return "OrderChanged[" + key + "]";
    }
}
