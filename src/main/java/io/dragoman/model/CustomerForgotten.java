// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shop wants what it told of one customer erased, or all that it told.
 *
 * @param email in small letters
 * @param phone as {@link PhoneNumber} has it
 * @param orders the shop's ids of orders to be erased, whatever their address
 * @param all that the shop told is to go
 * @param person whether everything that is kept of the person is to go, conversations too
 */
public record CustomerForgotten(
        String key,
        Instant at,
        @Nullable String email,
        @Nullable String phone,
        List<String> orders,
        boolean all,
        boolean person)
        implements CustomerEvent {
    public CustomerForgotten {
        Require.notBlank(key, "key");
        orders = List.copyOf(Objects.requireNonNullElse(orders, List.of()));
    }

    @Override
    public String lane() {
        return "forget:" + key;
    }

    @Override
    public String toString() {
        return "CustomerForgotten[" + key + "]";
    }
}
