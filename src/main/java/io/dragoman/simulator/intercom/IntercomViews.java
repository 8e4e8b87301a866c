// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.intercom;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessage.Author;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Contacts, conversations and their parts as Intercom's API shows them. */
final class IntercomViews {
    private static final String CONTACT_PREFIX = "6762f0dd";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final URI base;
    private final UnaryOperator<String> adminId;
    private final UnaryOperator<String> tagId;

    /**
     * @param adminId an agent's id by name
     * @param tagId a tag's id by name
     */
    IntercomViews(URI base, UnaryOperator<String> adminId, UnaryOperator<String> tagId) {
        this.base = base;
        this.adminId = adminId;
        this.tagId = tagId;
    }

    /** Intercom's id of a contact: 24 hexadecimal digits. */
    static String contactId(String id) {
        return CONTACT_PREFIX + String.format(Locale.ROOT, "%016x", Long.parseLong(id));
    }

    /** The id behind one of Intercom's; an id of nobody where it is none. */
    static String customer(String contactId) {
        boolean own = contactId.matches(CONTACT_PREFIX + "0[0-9a-f]{15}");
        return own ? String.valueOf(Long.parseLong(contactId.substring(CONTACT_PREFIX.length()), 16)) : "";
    }

    ObjectNode contact(HelpdeskCustomer customer) {
        ObjectNode contact = NODES.objectNode()
                .put("type", "contact")
                .put("id", contactId(customer.id()))
                .put("workspace_id", "simulated")
                .put("role", customer.extra("role").isEmpty() ? "user" : customer.extra("role"));
        put(contact, "external_id", customer.externalId());
        put(contact, "email", customer.email());
        put(contact, "phone", customer.phone());
        put(contact, "name", customer.name());
        contact.put("created_at", customer.created().getEpochSecond());
        contact.put("updated_at", customer.updated().getEpochSecond());
        contact.putObject("custom_attributes");
        return contact;
    }

    /** A conversation without its parts. */
    ObjectNode conversation(Ticket ticket, HelpdeskCustomer customer) {
        ObjectNode conversation = NODES.objectNode()
                .put("type", "conversation")
                .put("id", ticket.id())
                .put("created_at", ticket.created().getEpochSecond())
                .put("updated_at", ticket.updated().getEpochSecond());
        Optional<TicketMessage> first = ticket.messages().stream().findFirst();
        ObjectNode source = conversation.putObject("source");
        source.put("type", "conversation").put("delivered_as", "customer_initiated");
        source.put("id", first.map(TicketMessage::id).orElse(""));
        source.put("body", first.map(IntercomViews::body).orElse(""));
        source.set("author", author(Author.CUSTOMER, customer.id(), customer.name(), customer.email()));
        source.set("attachments", attachments(first.map(TicketMessage::files).orElse(List.of())));
        ObjectNode contacts = conversation.putObject("contacts").put("type", "contact.list");
        ObjectNode contact = contacts.putArray("contacts").addObject().put("type", "contact");
        put(contact.put("id", contactId(customer.id())), "external_id", customer.externalId());
        if (ticket.assignee().isEmpty()) {
            conversation.putNull("admin_assignee_id");
        } else {
            boolean id = ticket.assignee().matches("\\d{1,18}");
            conversation.put(
                    "admin_assignee_id", Long.parseLong(id ? ticket.assignee() : adminId.apply(ticket.assignee())));
        }
        put(conversation, "team_assignee_id", ticket.team());
        conversation.put("open", ticket.status().equals("open")).put("state", ticket.status());
        conversation.put("priority", ticket.priority());
        put(conversation, "title", ticket.subject());
        ArrayNode tags = conversation.putObject("tags").put("type", "tag.list").putArray("tags");
        ticket.tags().forEach(name -> tags.addObject()
                .put("type", "tag")
                .put("id", tagId.apply(name))
                .put("name", name));
        return conversation;
    }

    /** A conversation with these parts, the newest last; the first message is its source, and no part. */
    ObjectNode conversation(Ticket ticket, HelpdeskCustomer customer, List<ObjectNode> parts) {
        ObjectNode conversation = conversation(ticket, customer);
        ObjectNode list = conversation.putObject("conversation_parts").put("type", "conversation_part.list");
        list.putArray("conversation_parts").addAll(parts);
        list.put("total_count", parts.size());
        return conversation;
    }

    /** The newest 500 parts of a conversation, of those that are messages and notes. */
    List<ObjectNode> parts(Ticket ticket) {
        return ticket.messages().stream()
                .skip(Math.max(1, ticket.messages().size() - 500))
                .map(message -> part(message, message.visible() ? "comment" : "note"))
                .toList();
    }

    /** @param type such as {@code comment}, {@code note} or {@code close} */
    ObjectNode part(TicketMessage message, String type) {
        ObjectNode part = part(message.id(), type, message.at().getEpochSecond());
        part.put("body", body(message));
        part.set("author", author(message.author(), message.authorId(), message.authorName(), ""));
        part.set("attachments", attachments(message.files()));
        return part;
    }

    /** A part that says what was done, without words. */
    ObjectNode part(String id, String type, long at) {
        ObjectNode part = NODES.objectNode()
                .put("type", "conversation_part")
                .put("id", id)
                .put("part_type", type)
                .put("created_at", at)
                .put("updated_at", at)
                .put("notified_at", at);
        part.putNull("body").putNull("external_id").put("redacted", false);
        part.putArray("attachments");
        return part;
    }

    ObjectNode author(Author kind, String id, String name, String email) {
        ObjectNode author = NODES.objectNode().put("name", name);
        boolean customer = kind == Author.CUSTOMER;
        author.put("type", customer ? "user" : "admin").put("id", customer ? contactId(id) : id);
        return author.put("email", customer ? email : "agent-" + id + "@example.com");
    }

    private ArrayNode attachments(List<HelpdeskFile> files) {
        ArrayNode attachments = NODES.arrayNode();
        for (HelpdeskFile file : files) {
            attachments
                    .addObject()
                    .put("type", "upload")
                    .put("name", file.name())
                    .put("url", base + "/attachments/" + file.id())
                    .put("content_type", file.mimeType())
                    .put("filesize", file.bytes().length);
        }
        return attachments;
    }

    /** Intercom keeps texts as HTML. */
    private static String body(TicketMessage message) {
        String text = message.html()
                ? message.text()
                : message.text()
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\n", "<br>");
        return message.html() && text.startsWith("<") ? text : "<p>" + text + "</p>";
    }

    private static void put(ObjectNode node, String name, String value) {
        if (value.isEmpty()) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
