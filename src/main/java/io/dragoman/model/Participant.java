// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import org.jspecify.annotations.Nullable;

/**
 * Somebody whom a message names beside the customer and ourselves.
 *
 * @param name as the message calls them
 * @param address in the channel's own form
 */
public record Participant(@Nullable String name, String address) {
    public Participant {
        Require.notBlank(address, "address");
    }

    /** Whether it is this address, in whatever case. */
    public boolean isAt(String other) {
        return address.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
        return "Participant[…]";
    }
}
