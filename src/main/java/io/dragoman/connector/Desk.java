// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.DeskEvent;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connects to a helpdesk. It reports what agents did in the conversations that it was sent. */
public non-sealed interface Desk extends Connector {

    @Override
    List<DeskEvent> read(Account account, Verified verified) throws MalformedPayload;

    /** Whether the files of customers go to it as such, so that a notice waits until they are fetched. */
    default boolean takesFiles(Account account) {
        return false;
    }

    /** Whether it tells of all tickets of the helpdesk, also of those that were never conversations here. */
    default boolean tellsOfOtherTickets() {
        return false;
    }

    /** Which helpdesk it speaks to, in a word or two: the kind, and the profile where it has one. */
    default String product(Account account) {
        return kind();
    }

    /** What it has of what helpdesks have, in a few words each; what is not there it has not. */
    default Map<DeskCapability, String> capabilities() {
        return Map.of();
    }

    /** Where the helpdesk shows a ticket to its agents, by its own id; empty where nobody knows. Opens nothing. */
    default Optional<URI> ticketPage(Account account, String reference) {
        return account.find(TicketPage.SETTING).flatMap(page -> page.of(reference));
    }

    /** Sends the helpdesk one notice: exactly one attempt, no retries of its own. */
    Outcome deliver(Account account, Outbound.ToDesk notice, Transport transport);
}
