// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a ticket, by an agent's hand or by the API, which a webhook may tell of.
 *
 * @param ticket as it is afterwards
 * @param message what was written or changed; null where nothing was
 * @param byApi whether the API did it: its webhook is an echo
 */
public record TicketChange(
        Kind kind, Ticket ticket, @Nullable TicketMessage message, boolean byApi) {
    /** What happened. */
    public enum Kind {
        CREATED,
        WRITTEN,
        EDITED,
        REMOVED,
        STATUS,
        ASSIGNED,
        MOVED,
        TAGGED,
        PRIORITISED,
        MERGED,
        DELETED
    }

    /** The message, where the change has one. */
    public Optional<TicketMessage> written() {
        return Optional.ofNullable(message);
    }
}
