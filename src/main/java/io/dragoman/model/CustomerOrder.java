// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a customer bought in a shop.
 *
 * @param id the shop's
 * @param number as the customer knows it, such as {@code #1001}
 * @param status in the shop's words, such as {@code paid} or {@code shipped}
 * @param at when it was made
 * @param changedAt when the shop changed it last; what is older than what is known is not taken
 * @param total an amount, without its currency
 * @param url where the customer sees it
 * @param tracking where its parcel is seen, or its number
 */
public record CustomerOrder(
        String id,
        String number,
        String status,
        Instant at,
        Instant changedAt,
        @Nullable String total,
        @Nullable String currency,
        @Nullable String url,
        @Nullable String tracking) {
    public CustomerOrder {
        Require.notBlank(id, "id");
        Require.notBlank(number, "number");
        Require.notBlank(status, "status");
    }

    @Override
    public String toString() {
        return "CustomerOrder[" + id + "]";
    }
}
