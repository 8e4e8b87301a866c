// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.DeskEvent;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the conversation that an event from a desk or from our own API names, where it may say something about it. */
final class NamedConversation {
    private NamedConversation() {}

    /** A desk may answer where it has or had the conversation, our own API everywhere, and nobody else at all. */
    static Optional<Versioned> everAssigned(Tx tx, String source, DeskEvent.InConversation event) {
        return find(tx, source, event.conversation(), event.reference())
                .filter(found -> source.equals(Events.API)
                        || tx.conversationDesks()
                                .wasAssigned(found.conversation().id(), source));
    }

    /** As for an answer, but only the desk that has it now: after a hand-over it closes nothing. */
    static Optional<Versioned> assignedNow(Tx tx, String source, DeskEvent.InConversation event) {
        return assignedNow(tx, source, event.conversation(), event.reference());
    }

    static Optional<Versioned> assignedNow(Tx tx, String source, @Nullable String id, @Nullable String reference) {
        return find(tx, source, id, reference)
                .filter(found -> source.equals(Events.API)
                        || source.equals(found.conversation().desk()));
    }

    private static Optional<Versioned> find(Tx tx, String source, @Nullable String id, @Nullable String reference) {
        if (id != null) {
            return tx.conversations().find(id);
        }
        return reference == null || ofSeveralCustomers(tx, source, reference)
                ? Optional.empty()
                : tx.conversationDesks().byReference(source, reference).stream().findFirst();
    }

    /** Such as after the tickets of two customers were merged: what is said there could reach the wrong one. */
    private static boolean ofSeveralCustomers(Tx tx, String source, String reference) {
        return tx.conversationDesks().byReference(source, reference).stream()
                        .map(found -> found.conversation().contact())
                        .distinct()
                        .count()
                > 1;
    }

    /** Why nothing was found, as a sentence; {@code otherwise} where nothing has that name. */
    static String missing(Tx tx, String source, DeskEvent.InConversation event, String otherwise) {
        String reference = event.reference();
        return reference != null && ofSeveralCustomers(tx, source, reference)
                ? "conversations of several customers have the reference that is named, so it could reach the wrong one:"
                        + " name the conversation by the gateway's id, or answer by the API"
                : otherwise;
    }
}
