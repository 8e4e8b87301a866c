// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ticket;

import io.dragoman.model.Conversation;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation is at the desk that has it.
 *
 * @param reference the desk's own id for it
 * @param page where the desk shows it to agents; null where that is not known
 */
public record DeskTicket(
        String desk, String reference, @Nullable URI page) {

    /** Knows where desks show their tickets. */
    @FunctionalInterface
    public interface Pages {
        /** Knows nothing. */
        Pages NONE = (desk, reference) -> Optional.empty();

        /** The page of a ticket; empty where it is not known. */
        Optional<URI> of(String desk, String reference);
    }

    /** Null while the desk has no ticket of it. */
    public static @Nullable DeskTicket of(@Nullable Conversation conversation, Pages pages) {
        if (conversation == null) {
            return null;
        }
        String desk = conversation.desk();
        String reference = conversation.deskReference();
        return desk == null || reference == null
                ? null
                : new DeskTicket(desk, reference, pages.of(desk, reference).orElse(null));
    }
}
