// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Desk;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.DeskEvent;
import io.dragoman.store.Tx;

/** What becomes of an event that names no conversation of its desk. */
final class UnknownTicket {
    private UnknownTicket() {}

    /**
     * A helpdesk tells of all its tickets, of which most are nobody's here; while one of ours may be there whose id is not
     * known yet, it may be that one, so a person is shown it.
     *
     * @param otherwise why nothing has that name, as a sentence
     */
    static Ended ended(
            ConnectorRegistry registry, Tx tx, String source, DeskEvent.InConversation event, String otherwise) {
        String reference = event.reference();
        boolean tellsOfAll = registry.find(source)
                .filter(found -> found.connector() instanceof Desk desk && desk.tellsOfOtherTickets())
                .isPresent();
        boolean others = reference != null
                && tellsOfAll
                && tx.conversationDesks().byReference(source, reference).isEmpty()
                && !tx.conversationDesks().isOpeningOne(source);
        return others
                ? Ended.ignored("other-ticket", "the desk tells of a ticket that was never one of a conversation here")
                : Ended.dead(NamedConversation.missing(tx, source, event, otherwise));
    }
}
