// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One ticket, or conversation, as a helpdesk keeps it.
 *
 * @param customer the id of who it is from
 * @param status in the helpdesk's words, as priority
 * @param team empty when nobody's, as assignee
 * @param externalId what the API gave it; empty without
 * @param mergedInto the ticket that took it over; empty when none did
 * @param extra what only this helpdesk knows of a ticket
 */
@RecordBuilder
public record Ticket(
        String id,
        String customer,
        String subject,
        String status,
        String priority,
        String team,
        String assignee,
        List<String> tags,
        String externalId,
        String mergedInto,
        boolean deleted,
        Instant created,
        Instant updated,
        Map<String, String> extra,
        List<TicketMessage> messages) {
    public Ticket {
        tags = List.copyOf(tags);
        extra = Map.copyOf(extra);
        messages = List.copyOf(messages);
    }

    /** One that says nothing yet; whoever keeps it gives it its id. */
    public static Ticket from(String customer, String subject, String status, String priority) {
        return new Ticket(
                "",
                customer,
                subject,
                status,
                priority,
                "",
                "",
                List.of(),
                "",
                "",
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                List.of());
    }

    /** The message with this id. */
    public Optional<TicketMessage> message(String messageId) {
        return messages.stream()
                .filter(message -> message.id().equals(messageId))
                .findFirst();
    }

    /** What only this helpdesk knows, or the empty string. */
    public String extra(String name) {
        return extra.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "Ticket[" + id + " " + status + "]";
    }
}
