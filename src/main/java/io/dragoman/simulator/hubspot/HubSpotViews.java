// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessage.Author;
import java.net.URI;
import java.util.Map;

/** Threads, messages, contacts and errors as HubSpot's API shows them. */
final class HubSpotViews {
    static final String CHANNEL = "1007";
    static final String CHANNEL_ACCOUNT = "2007";
    static final String INBOX = "3007";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final URI base;

    HubSpotViews(URI base) {
        this.base = base;
    }

    ObjectNode channelAccount() {
        return NODES.objectNode()
                .put("id", CHANNEL_ACCOUNT)
                .put("channelId", CHANNEL)
                .put("inboxId", INBOX)
                .put("name", "Shop")
                .put("active", true)
                .put("authorized", true)
                .put("archived", false);
    }

    ObjectNode message(Ticket thread, TicketMessage message) {
        boolean customers = message.author() == Author.CUSTOMER;
        ObjectNode json = NODES.objectNode()
                .put("type", message.visible() ? "MESSAGE" : "COMMENT")
                .put("id", message.id())
                .put("channelId", CHANNEL)
                .put("channelAccountId", CHANNEL_ACCOUNT)
                .put("conversationsThreadId", thread.id())
                .put("createdAt", message.at().toString())
                .put("createdBy", actor(message))
                .put("text", message.text())
                .put("richText", "<p>" + message.text().replace("&", "&amp;").replace("<", "&lt;") + "</p>")
                .put("direction", customers ? "INCOMING" : "OUTGOING")
                .put("truncationStatus", "NOT_TRUNCATED")
                .put("archived", false);
        json.putObject("client").put("clientType", message.byApi() ? "INTEGRATION" : "HUBSPOT");
        ObjectNode sender = json.putArray("senders").addObject();
        sender.put("actorId", actor(message)).put("name", message.authorName());
        ArrayNode recipients = json.putArray("recipients");
        ObjectNode customer = customers ? sender : recipients.addObject().put("actorId", "V-" + thread.customer());
        customer.putObject("deliveryIdentifier")
                .put("type", "CHANNEL_SPECIFIC_OPAQUE_ID")
                .put("value", thread.extra("handle"));
        ArrayNode attachments = json.putArray("attachments");
        message.files().forEach(file -> attachments.add(attachment(file)));
        return json;
    }

    private static String actor(TicketMessage message) {
        return (message.author() == Author.CUSTOMER ? "V-" : "A-") + message.authorId();
    }

    private ObjectNode attachment(HelpdeskFile file) {
        return NODES.objectNode()
                .put("type", "FILE")
                .put("fileId", file.id())
                .put("name", file.name())
                .put("url", address(file))
                .put("fileUsageType", file.mimeType().startsWith("image/") ? "IMAGE" : "OTHER");
    }

    /** A file's address, in which a secret stands. */
    String address(HelpdeskFile file) {
        return base + "/hubfs/" + file.id() + "/signed";
    }

    ObjectNode thread(Ticket thread) {
        ObjectNode json = NODES.objectNode()
                .put("id", thread.id())
                .put("createdAt", thread.created().toString())
                .put("status", thread.status())
                .put("originalChannelId", CHANNEL)
                .put("originalChannelAccountId", CHANNEL_ACCOUNT)
                .put("inboxId", INBOX)
                .put("associatedContactId", thread.customer())
                .put("spam", false)
                .put("archived", thread.deleted())
                .put("latestMessageTimestamp", thread.updated().toString());
        if (thread.status().equals("CLOSED")) {
            json.put("closedAt", thread.updated().toString());
        }
        if (!thread.assignee().isEmpty()) {
            json.put("assignedTo", thread.assignee());
        }
        return json;
    }

    static ObjectNode contact(HelpdeskCustomer customer) {
        ObjectNode json = NODES.objectNode().put("id", customer.id());
        ObjectNode properties = json.putObject("properties");
        properties.put("email", customer.email()).put("phone", customer.phone());
        properties.put("firstname", customer.name()).put("hs_object_id", customer.id());
        json.put("createdAt", customer.created().toString());
        return json.put("updatedAt", customer.updated().toString()).put("archived", false);
    }

    static SimulatorResponse error(int status, String category, String message) {
        return SimulatorResponse.json(status, errorBody(category, message));
    }

    static ObjectNode errorBody(String category, String message) {
        return NODES.objectNode()
                .put("status", "error")
                .put("message", message)
                .put("correlationId", "00000000-0000-0000-0000-000000000000")
                .put("category", category);
    }

    static SimulatorResponse notFound(String what) {
        return error(404, "OBJECT_NOT_FOUND", "resource not found: " + what);
    }

    static SimulatorResponse tooMany() {
        ObjectNode body = errorBody("RATE_LIMITS", "You have reached your secondly limit.");
        body.put("errorType", "RATE_LIMIT").put("policyName", "SECONDLY");
        Map<String, String> headers = Map.of(
                "X-HubSpot-RateLimit-Max", "190",
                "X-HubSpot-RateLimit-Remaining", "0",
                "X-HubSpot-RateLimit-Interval-Milliseconds", "10000");
        return SimulatorResponse.json(429, headers, body);
    }
}
