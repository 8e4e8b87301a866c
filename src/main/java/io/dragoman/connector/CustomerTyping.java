// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer is typing, or is not any more. It is over in seconds, so it is passed on at once and never stored.
 *
 * @param identities those that a message from there would have
 * @param chat the key of the group chat or thread, as that message's would be; null for the customer's own conversation
 */
public record CustomerTyping(
        List<Identity> identities, @Nullable String chat, boolean typing) {
    public CustomerTyping {
        identities = List.copyOf(identities);
    }

    @Override
    public String toString() {
        return "CustomerTyping[" + typing + "]";
    }
}
