// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.jirasm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Requests, comments, customers and errors as the two APIs of Jira Service Management show them. */
final class JiraViews {
    static final String PROJECT = "SUP";
    static final String DESK = "10";
    static final String REQUEST_TYPE = "25";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final URI base;

    JiraViews(URI base) {
        this.base = base;
    }

    static String key(Ticket ticket) {
        return PROJECT + "-" + ticket.id();
    }

    /** The id behind a key, or the id of the issue itself. */
    static String id(String keyOrId) {
        return keyOrId.replaceFirst("^" + PROJECT + "-", "");
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static ObjectNode date(Instant time) {
        return NODES.objectNode()
                .put("iso8601", time(time))
                .put("jira", time(time))
                .put("friendly", "Today")
                .put("epochMillis", time.toEpochMilli());
    }

    ObjectNode request(Ticket ticket, ObjectNode reporter) {
        ObjectNode json = NODES.objectNode()
                .put("issueId", ticket.id())
                .put("issueKey", key(ticket))
                .put("requestTypeId", REQUEST_TYPE)
                .put("serviceDeskId", DESK);
        json.set("createdDate", date(ticket.created()));
        json.set("reporter", reporter);
        ArrayNode values = json.putArray("requestFieldValues");
        values.addObject().put("fieldId", "summary").put("label", "Summary").put("value", ticket.subject());
        ObjectNode status = json.putObject("currentStatus").put("status", ticket.status());
        status.put("statusCategory", ticket.status().equals("Done") ? "DONE" : "INDETERMINATE");
        status.set("statusDate", date(ticket.updated()));
        json.putObject("_links").put("self", base + "/rest/servicedeskapi/request/" + ticket.id());
        return json;
    }

    /** Whose token it is. */
    ObjectNode agent() {
        return NODES.objectNode()
                .put("accountId", JiraSmSimulator.API_USER)
                .put("accountType", "atlassian")
                .put("active", true);
    }

    ObjectNode desk() {
        return NODES.objectNode()
                .put("id", DESK)
                .put("projectId", "11001")
                .put("projectName", "Support")
                .put("projectKey", PROJECT);
    }

    ObjectNode requestType() {
        return NODES.objectNode()
                .put("id", REQUEST_TYPE)
                .put("name", "Get help")
                .put("issueTypeId", "12345")
                .put("serviceDeskId", DESK);
    }

    ObjectNode customer(HelpdeskCustomer customer) {
        return NODES.objectNode()
                .put("accountId", "qm:" + customer.id())
                .put("emailAddress", customer.email())
                .put("displayName", customer.name())
                .put("active", true)
                .put("timeZone", "Etc/UTC");
    }

    static ObjectNode author(TicketMessage message) {
        boolean customer = message.author() == TicketMessage.Author.CUSTOMER;
        return NODES.objectNode()
                .put("accountId", (customer ? "qm:" : "") + message.authorId())
                .put("displayName", message.authorName())
                .put("active", true);
    }

    /** The text in Jira's markup, in which files stand by their names. */
    static String body(TicketMessage message) {
        StringBuilder body = new StringBuilder(message.text());
        message.files().forEach(file -> body.append("\n[^").append(file.name()).append(']'));
        return body.toString();
    }

    /** The same as a document, as the platform's API has it. */
    static ObjectNode document(TicketMessage message) {
        ObjectNode document = NODES.objectNode().put("type", "doc").put("version", 1);
        ArrayNode content = document.putArray("content");
        if (!message.text().isBlank()) {
            ObjectNode paragraph = content.addObject().put("type", "paragraph");
            paragraph.putArray("content").addObject().put("type", "text").put("text", message.text());
        }
        message.files().forEach(file -> {
            ArrayNode group = content.addObject().put("type", "mediaGroup").putArray("content");
            ObjectNode attributes = group.addObject().put("type", "media").putObject("attrs");
            attributes.put("type", "file").put("id", file.id()).put("collection", "");
        });
        return document;
    }

    /** A comment as the service desk's API has it, with its attachments. */
    ObjectNode comment(TicketMessage message) {
        ObjectNode json = NODES.objectNode()
                .put("id", message.id())
                .put("body", body(message))
                .put("public", message.visible());
        json.set("author", author(message));
        json.set("created", date(message.at()));
        ObjectNode attachments = json.putObject("attachments");
        ArrayNode values = attachments.putArray("values");
        message.files().forEach(file -> values.add(attachment(file)));
        attachments.put("size", values.size()).put("isLastPage", true);
        return json;
    }

    ObjectNode attachment(HelpdeskFile file) {
        ObjectNode json = NODES.objectNode().put("id", file.id()).put("filename", file.name());
        json.put("size", file.bytes().length).put("mimeType", file.mimeType());
        json.putObject("_links").put("content", base + "/rest/api/3/attachment/content/" + file.id());
        return json;
    }

    /** An issue as the platform's API has it. */
    ObjectNode issue(Ticket ticket) {
        ObjectNode json = NODES.objectNode().put("id", ticket.id()).put("key", key(ticket));
        json.put("self", base + "/rest/api/3/issue/" + ticket.id());
        ObjectNode fields = json.putObject("fields").put("summary", ticket.subject());
        fields.put("updated", time(ticket.updated())).put("created", time(ticket.created()));
        fields.putObject("status")
                .put("name", ticket.status())
                .putObject("statusCategory")
                .put("key", ticket.status().equals("Done") ? "done" : "indeterminate");
        fields.putObject("priority").put("name", ticket.priority());
        fields.putObject("project").put("key", PROJECT);
        ArrayNode labels = fields.putArray("labels");
        ticket.tags().forEach(labels::add);
        if (ticket.assignee().isEmpty()) {
            fields.putNull("assignee");
        } else {
            fields.putObject("assignee").put("accountId", ticket.assignee()).put("displayName", ticket.assignee());
        }
        return json;
    }

    /** An error of the service desk's API. */
    static SimulatorResponse error(int status, String message) {
        ObjectNode body = NODES.objectNode().put("errorMessage", message);
        body.putObject("i18nErrorMessage").put("i18nKey", "sd.error").putArray("parameters");
        return SimulatorResponse.json(status, body);
    }

    /** An error of the platform's API. */
    static SimulatorResponse platformError(int status, String message) {
        ObjectNode body = NODES.objectNode();
        body.putArray("errorMessages").add(message);
        body.putObject("errors");
        return SimulatorResponse.json(status, body);
    }

    static SimulatorResponse noIssue() {
        return platformError(404, "Issue does not exist or you do not have permission to see it.");
    }
}
