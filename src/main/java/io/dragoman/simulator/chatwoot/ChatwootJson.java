// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.chatwoot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.Tickets;
import java.net.URI;

/** Contacts, conversations and messages as Chatwoot shows them: in answers, and in webhooks with other words for some. */
final class ChatwootJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tickets tickets;
    private final URI base;

    ChatwootJson(Tickets tickets, URI base) {
        this.tickets = tickets;
        this.base = base;
    }

    ObjectNode contact(HelpdeskCustomer contact) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(contact.id())).put("name", contact.name());
        json.put("email", orNull(contact.email())).put("phone_number", orNull(contact.phone()));
        json.put("identifier", orNull(contact.externalId())).put("type", "contact");
        ObjectNode inbox = json.putArray("contact_inboxes").addObject();
        inbox.put("source_id", contact.extra("source_id")).putObject("inbox").put("id", ChatwootSimulator.INBOX);
        return json;
    }

    private static long number(String id) {
        return id.matches("\\d{1,9}") ? Long.parseLong(id) : Math.floorMod(id.hashCode(), 1_000_000);
    }

    ObjectNode conversation(Ticket ticket) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(ticket.id())).put("inbox_id", ChatwootSimulator.INBOX);
        json.put("account_id", ChatwootSimulator.ACCOUNT).put("status", ticket.status());
        json.put("channel", "Channel::Api").put("priority", orNull(ticket.priority()));
        ArrayNode labels = json.putArray("labels");
        ticket.tags().forEach(labels::add);
        ObjectNode meta = json.putObject("meta");
        tickets.customer(ticket.customer()).ifPresent(contact -> {
            meta.set("sender", contact(contact));
            json.putObject("contact_inbox").put("source_id", contact.extra("source_id"));
        });
        if (!ticket.assignee().isEmpty()) {
            meta.putObject("assignee")
                    .put("id", number(ticket.assignee()))
                    .put("name", ticket.assignee())
                    .put("email", ticket.assignee().toLowerCase(java.util.Locale.ROOT) + "@shop.example")
                    .put("type", "user");
        }
        if (!ticket.team().isEmpty()) {
            meta.putObject("team").put("id", number(ticket.team())).put("name", ticket.team());
        }
        ObjectNode attributes = json.putObject("custom_attributes");
        ticket.extra().forEach(attributes::put);
        json.put("created_at", ticket.created().getEpochSecond());
        json.put("last_activity_at", ticket.updated().getEpochSecond());
        json.put("timestamp", ticket.updated().getEpochSecond());
        return json.put("updated_at", ticket.updated().toEpochMilli() / 1000.0);
    }

    /** As the API answers. */
    ObjectNode message(Ticket ticket, TicketMessage message) {
        ObjectNode json = common(message);
        json.put("inbox_id", ChatwootSimulator.INBOX).put("conversation_id", Long.parseLong(ticket.id()));
        json.put("message_type", incoming(message) ? 0 : message.author() == TicketMessage.Author.AGENT ? 1 : 2);
        return json.put("created_at", message.at().getEpochSecond());
    }

    /** As a webhook tells of it. */
    ObjectNode told(Ticket ticket, TicketMessage message) {
        ObjectNode json = common(message);
        json.put(
                "message_type",
                incoming(message)
                        ? "incoming"
                        : message.author() == TicketMessage.Author.AGENT ? "outgoing" : "activity");
        json.put("created_at", message.at().toString());
        json.putObject("account").put("id", ChatwootSimulator.ACCOUNT).put("name", "Shop");
        json.putObject("inbox").put("id", ChatwootSimulator.INBOX).put("name", "Messages");
        json.set("conversation", conversation(ticket));
        return json;
    }

    private ObjectNode common(TicketMessage message) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(message.id())).put("content", message.text());
        json.put("content_type", "text").put("private", !message.visible());
        json.put("source_id", orNull(message.externalId())).putObject("content_attributes");
        json.putObject("sender")
                .put("id", Long.parseLong(message.authorId()))
                .put("name", message.authorName())
                .put("type", incoming(message) ? "contact" : "user");
        if (!message.files().isEmpty()) {
            ArrayNode files = json.putArray("attachments");
            for (HelpdeskFile file : message.files()) {
                String path = "/rails/active_storage/blobs/redirect/" + file.id() + "/" + file.name();
                files.addObject()
                        .put("id", Long.parseLong(file.id()))
                        .put("message_id", Long.parseLong(message.id()))
                        .put("file_type", file.mimeType().startsWith("image/") ? "image" : "file")
                        .put("extension", (String) null)
                        .put("data_url", base + path)
                        .put("file_size", file.bytes().length);
            }
        }
        return json;
    }

    private static boolean incoming(TicketMessage message) {
        return message.author() == TicketMessage.Author.CUSTOMER;
    }

    private static @org.jspecify.annotations.Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
