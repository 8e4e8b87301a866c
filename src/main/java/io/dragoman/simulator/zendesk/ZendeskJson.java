// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tickets, comments and users as Zendesk shows them; in events ids are texts, and statuses are in capitals. */
final class ZendeskJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final URI base;

    ZendeskJson(URI base) {
        this.base = base;
    }

    ObjectNode ticket(Ticket ticket) {
        ObjectNode json = JSON.objectNode();
        json.put("url", base + "/api/v2/tickets/" + ticket.id() + ".json");
        json.put("id", Long.parseLong(ticket.id())).put("external_id", orNull(ticket.externalId()));
        json.put("subject", ticket.subject()).put("status", ticket.deleted() ? "deleted" : ticket.status());
        json.put("priority", orNull(ticket.priority())).put("requester_id", Long.parseLong(ticket.customer()));
        number(json, "assignee_id", ticket.assignee());
        number(json, "group_id", ticket.team());
        number(json, "followup_source_id", ticket.extra("via_followup_source_id"));
        ArrayNode tags = json.putArray("tags");
        ticket.tags().forEach(tags::add);
        json.put("created_at", time(ticket.created())).put("updated_at", time(ticket.updated()));
        return json.put("generated_timestamp", ticket.updated().getEpochSecond());
    }

    ObjectNode comment(TicketMessage message) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(message.id())).put("type", "Comment");
        json.put("author_id", Long.parseLong(message.authorId())).put("body", message.text());
        json.put("html_body", "<div class=\"zd-comment\">" + message.text() + "</div>");
        json.put("plain_body", message.text()).put("public", message.visible());
        json.put("created_at", time(message.at()));
        json.putObject("via").put("channel", message.byApi() ? "api" : "web");
        ArrayNode files = json.putArray("attachments");
        for (HelpdeskFile file : message.files()) {
            files.addObject()
                    .put("id", Long.parseLong(file.id()))
                    .put("file_name", file.name())
                    .put("content_url", base + "/attachments/token/" + file.id() + "/?name=file")
                    .put("content_type", file.mimeType())
                    .put("size", file.bytes().length);
        }
        return json;
    }

    ObjectNode user(HelpdeskCustomer user) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(user.id())).put("name", user.name()).put("email", orNull(user.email()));
        json.put("phone", orNull(user.phone())).put("external_id", orNull(user.externalId()));
        return json.put("role", "end-user").put("updated_at", time(user.updated()));
    }

    /** What an event is about. */
    ObjectNode detail(Ticket ticket) {
        ObjectNode json = JSON.objectNode();
        json.put("id", ticket.id()).put("subject", ticket.subject()).put("external_id", orNull(ticket.externalId()));
        json.put("status", ticket.status().toUpperCase(Locale.ROOT));
        json.put("priority", orNull(ticket.priority().toUpperCase(Locale.ROOT)));
        json.put("requester_id", ticket.customer()).put("assignee_id", orNull(ticket.assignee()));
        json.put("group_id", orNull(ticket.team())).put("is_public", true);
        ArrayNode tags = json.putArray("tags");
        ticket.tags().forEach(tags::add);
        json.put("created_at", time(ticket.created())).put("updated_at", time(ticket.updated()));
        json.putObject("via").put("channel", "web");
        return json;
    }

    /** A comment in an event. */
    static ObjectNode told(TicketMessage message) {
        ObjectNode json = JSON.objectNode();
        json.put("id", message.id()).put("body", message.text()).put("is_public", message.visible());
        json.putObject("author")
                .put("id", message.authorId())
                .put("is_staff", message.author() == TicketMessage.Author.AGENT)
                .put("name", message.authorName());
        return json;
    }

    static ObjectNode error(String error, String description) {
        return JSON.objectNode().put("error", error).put("description", description);
    }

    /** What is wrong with a field of a record. */
    static ObjectNode invalid(String field, String why, String error) {
        ObjectNode json = error("RecordInvalid", "Record validation errors");
        json.putObject("details")
                .putArray(field)
                .addObject()
                .put("description", why)
                .put("error", error);
        return json;
    }

    static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "" : node.asText();
    }

    private static void number(ObjectNode json, String name, String id) {
        if (id.matches("\\d+")) {
            json.put(name, Long.parseLong(id));
        } else {
            json.putNull(name);
        }
    }

    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
