// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * One message or note of a ticket.
 *
 * @param authorId the customer's or the agent's id
 * @param visible whether the customer may see it; a note is for agents alone
 * @param text as it was written, HTML where {@code html}
 * @param externalId what the API gave it; empty without
 * @param byApi whether it was written by the API, and not by an agent's hand
 * @param to the id of the customer whom an answer is for, or a mail address of somebody else; empty where nobody said
 */
@RecordBuilder
public record TicketMessage(
        String id,
        Author author,
        String authorId,
        String authorName,
        boolean visible,
        String text,
        boolean html,
        List<HelpdeskFile> files,
        String externalId,
        boolean byApi,
        Instant at,
        String to) {
    /** What is for nobody by name. */
    public TicketMessage(
            String id,
            Author author,
            String authorId,
            String authorName,
            boolean visible,
            String text,
            boolean html,
            List<HelpdeskFile> files,
            String externalId,
            boolean byApi,
            Instant at) {
        this(id, author, authorId, authorName, visible, text, html, files, externalId, byApi, at, "");
    }

    /** Who wrote it. */
    public enum Author {
        CUSTOMER,
        AGENT,
        SYSTEM
    }

    public TicketMessage {
        files = List.copyOf(files);
    }

    /** A customer's, which everybody sees; whoever keeps it gives it its id and its time. */
    public static TicketMessage ofCustomer(HelpdeskCustomer customer, String text) {
        return new TicketMessage(
                "",
                Author.CUSTOMER,
                customer.id(),
                customer.name(),
                true,
                text,
                false,
                List.of(),
                "",
                true,
                Instant.EPOCH);
    }

    /** An agent's: an answer where it is visible, else a note. */
    public static TicketMessage ofAgent(String agentId, String agentName, boolean visible, String text) {
        return new TicketMessage(
                "", Author.AGENT, agentId, agentName, visible, text, false, List.of(), "", false, Instant.EPOCH);
    }

    @Override
    public String toString() {
        return "TicketMessage[" + id + " " + author + (visible ? "" : " note") + "]";
    }
}
