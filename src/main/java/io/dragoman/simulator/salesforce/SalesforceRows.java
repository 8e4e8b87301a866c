// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.salesforce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.Tickets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The objects of the organisation as rows. A field of a related object stands below its path, such as {@code Owner.Name}.
 * What customers wrote are mails; what agents wrote are comments of the case.
 */
final class SalesforceRows {
    /** The field by which an installation makes repetitions recognisable. */
    static final String EXTERNAL = "Dragoman_Id__c";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Map<String, String> PREFIXES = Map.of(
            "Case", "500",
            "Contact", "003",
            "EmailMessage", "02s",
            "CaseComment", "00a",
            "ContentVersion", "068",
            "ContentDocument", "069",
            "ContentDocumentLink", "06A",
            "User", "005");

    private final Tickets tickets;

    SalesforceRows(Tickets tickets) {
        this.tickets = tickets;
    }

    /** Salesforce's id: three characters for the object, and fifteen more. */
    static String id(String object, String id) {
        long number = id.matches("\\d{1,18}") ? Long.parseLong(id) : Math.floorMod(id.hashCode(), 1_000_000);
        String digits = Long.toString(number, 36);
        return PREFIXES.get(object) + "0".repeat(15 - digits.length()) + digits;
    }

    /** The id behind one of Salesforce's; that of nothing where it is none of this object. */
    static String number(String object, String id) {
        boolean own = id.length() == 18 && id.startsWith(PREFIXES.getOrDefault(object, "?")) && id.matches("[0-9a-z]+");
        return own ? String.valueOf(Long.parseLong(id.substring(6), 36)) : "";
    }

    static boolean known(String object) {
        return PREFIXES.containsKey(object);
    }

    List<ObjectNode> of(String object) {
        List<ObjectNode> rows = new ArrayList<>();
        switch (object) {
            case "Contact" -> tickets.customers().forEach(customer -> rows.add(contact(customer)));
            case "Case" -> present().forEach(ticket -> rows.add(incident(ticket)));
            case "EmailMessage" ->
                present().forEach(ticket -> ticket.messages().stream()
                        .filter(message -> message.author() == TicketMessage.Author.CUSTOMER)
                        .forEach(message -> rows.add(mail(ticket, message))));
            case "CaseComment" ->
                present().forEach(ticket -> ticket.messages().stream()
                        .filter(message -> message.author() == TicketMessage.Author.AGENT)
                        .forEach(message -> rows.add(comment(ticket, message))));
            case "ContentVersion" ->
                present().forEach(ticket -> ticket.messages()
                        .forEach(message -> message.files().forEach(file -> rows.add(file(ticket, message, file)))));
            case "ContentDocumentLink" ->
                present().forEach(ticket -> ticket.messages()
                        .forEach(message -> message.files().forEach(file -> rows.add(link(ticket, message, file)))));
            default -> {}
        }
        return rows;
    }

    private List<Ticket> present() {
        return tickets.all().stream().filter(ticket -> !ticket.deleted()).toList();
    }

    private static ObjectNode row(String object, String id, Instant created, Instant changed) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Id", id(object, id))
                .put("CreatedDate", TIME.format(created))
                .put("LastModifiedDate", TIME.format(changed))
                .put("SystemModstamp", TIME.format(changed));
    }

    private static ObjectNode contact(HelpdeskCustomer customer) {
        ObjectNode row = row("Contact", customer.id(), customer.created(), customer.updated());
        put(row, "Name", customer.name());
        put(row, "LastName", customer.name());
        put(row, "Email", customer.email());
        put(row, "Phone", customer.phone());
        put(row, EXTERNAL, customer.externalId());
        return row;
    }

    private static ObjectNode incident(Ticket ticket) {
        ObjectNode row = row("Case", ticket.id(), ticket.created(), ticket.updated());
        row.put("CaseNumber", String.format(Locale.ROOT, "%08d", Long.parseLong(ticket.id()) % 100_000_000));
        put(row, "Subject", ticket.subject());
        row.put("Status", ticket.status()).put("IsClosed", ticket.status().equals("Closed"));
        put(row, "Priority", ticket.priority());
        put(row, "Origin", ticket.extra("Origin"));
        put(row, "Description", ticket.extra("Description"));
        put(row, EXTERNAL, ticket.externalId());
        row.put("ContactId", ticket.customer().equals("0") ? null : id("Contact", ticket.customer()));
        put(row, "Owner.Name", ticket.assignee().isEmpty() ? ticket.team() : ticket.assignee());
        put(row, "OwnerId", ticket.assignee().isEmpty() ? ticket.team() : ticket.assignee());
        put(row, "Owner.Type", ticket.assignee().isEmpty() ? "Queue" : "User");
        put(row, "LastModifiedById", ticket.extra("LastModifiedById"));
        return row;
    }

    private static ObjectNode mail(Ticket ticket, TicketMessage message) {
        ObjectNode row = row("EmailMessage", message.id(), message.at(), message.at());
        row.put("ParentId", id("Case", ticket.id())).put("Incoming", true).put("Status", "0");
        row.put("TextBody", message.text()).put("FromName", message.authorName());
        put(row, EXTERNAL, message.externalId());
        put(row, "Parent." + EXTERNAL, ticket.externalId());
        return row;
    }

    private static ObjectNode comment(Ticket ticket, TicketMessage message) {
        ObjectNode row = row("CaseComment", message.id(), message.at(), message.at());
        row.put("ParentId", id("Case", ticket.id())).put("CommentBody", message.text());
        row.put("IsPublished", message.visible());
        row.put("CreatedById", id("User", message.authorId())).put("CreatedBy.Name", message.authorName());
        put(row, "Parent." + EXTERNAL, ticket.externalId());
        return row;
    }

    private static ObjectNode file(Ticket ticket, TicketMessage message, HelpdeskFile file) {
        ObjectNode row = row("ContentVersion", file.id(), message.at(), message.at());
        row.put("FirstPublishLocationId", id("Case", ticket.id())).put("Title", file.name());
        row.put("PathOnClient", file.name()).put("FileType", file.mimeType());
        return row.put("ContentSize", file.bytes().length).put("CreatedById", id("User", message.authorId()));
    }

    /** Where a file is seen: customers see those of answers alone. */
    private static ObjectNode link(Ticket ticket, TicketMessage message, HelpdeskFile file) {
        ObjectNode row = row("ContentDocumentLink", file.id(), message.at(), message.at());
        row.put("LinkedEntityId", id("Case", ticket.id())).put("ContentDocumentId", id("ContentDocument", file.id()));
        row.put("Visibility", message.visible() ? "AllUsers" : "InternalUsers").put("ShareType", "V");
        row.put("ContentDocument.CreatedById", id("User", message.byApi() ? "1" : message.authorId()));
        row.put("ContentDocument.CreatedBy.Name", message.authorName());
        row.put("ContentDocument.LatestPublishedVersionId", id("ContentVersion", file.id()));
        row.put("ContentDocument.LatestPublishedVersion.PathOnClient", file.name());
        row.put("ContentDocument.FileExtension", file.name().replaceAll(".*\\.", ""));
        return row;
    }

    private static void put(ObjectNode row, String name, String value) {
        if (value.isEmpty()) {
            row.putNull(name);
        } else {
            row.put(name, value);
        }
    }
}
