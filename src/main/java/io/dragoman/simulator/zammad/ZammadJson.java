// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.Tickets;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tickets, articles and users as Zammad shows them. */
final class ZammadJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Tickets tickets;
    private final URI base;

    ZammadJson(Tickets tickets, URI base) {
        this.tickets = tickets;
        this.base = base;
    }

    /** As the API shows it, with the names of what it points to. */
    ObjectNode ticket(Ticket ticket) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(ticket.id())).put("number", "1" + ticket.id());
        json.put("title", ticket.subject()).put("state", ticket.status()).put("priority", ticket.priority());
        json.put("group", ticket.team()).put("owner", ticket.assignee().isEmpty() ? "-" : ticket.assignee());
        json.put("customer_id", Long.parseLong(ticket.customer()));
        json.put("customer", email(ticket.customer())).put("note", ticket.extra("note"));
        json.put("created_at", time(ticket.created())).put("updated_at", time(ticket.updated()));
        json.put("article_count", ticket.messages().size());
        ArrayNode articles = json.putArray("article_ids");
        ticket.messages().forEach(article -> articles.add(Long.parseLong(article.id())));
        return json;
    }

    ObjectNode article(Ticket ticket, TicketMessage article) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(article.id())).put("ticket_id", Long.parseLong(ticket.id()));
        String[] kept = article.externalId().split("\n", 2); // its type and its message id
        json.put("type", kept[0].isEmpty() ? "note" : kept[0]).put("message_id", kept.length > 1 ? kept[1] : null);
        json.put("sender", sender(article)).put("internal", !article.visible());
        json.put("content_type", article.html() ? "text/html" : "text/plain").put("body", article.text());
        json.put("from", article.authorName()).put("created_by", login(article));
        json.put("created_at", time(article.at())).put("updated_at", time(article.at()));
        ArrayNode files = json.putArray("attachments");
        for (HelpdeskFile file : article.files()) {
            file(files.addObject(), file);
        }
        return json;
    }

    ObjectNode user(HelpdeskCustomer user) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(user.id())).put("login", login(user));
        json.put("email", user.email()).put("phone", user.phone()).put("mobile", user.extra("mobile"));
        json.put("firstname", user.extra("firstname")).put("lastname", user.extra("lastname"));
        return json.put("updated_at", time(user.updated()));
    }

    /** What a trigger posts: the ticket with what it points to, and the article, which is empty where none was written. */
    ObjectNode payload(TicketChange change) {
        ObjectNode json = JSON.objectNode();
        Ticket ticket = change.ticket();
        ObjectNode shown = json.putObject("ticket");
        shown.put("id", Long.parseLong(ticket.id())).put("number", "1" + ticket.id());
        shown.put("title", ticket.subject()).put("state", ticket.status());
        shown.putObject("priority").put("name", ticket.priority());
        shown.putObject("group").put("name", ticket.team());
        shown.putObject("owner").put("login", ticket.assignee().isEmpty() ? "-" : ticket.assignee());
        tickets.customer(ticket.customer()).ifPresent(customer -> shown.set("customer", user(customer)));
        ArrayNode tags = shown.putArray("tags");
        ticket.tags().forEach(tags::add);
        shown.put("created_at", time(ticket.created())).put("updated_at", time(ticket.updated()));
        ObjectNode article = json.putObject("article");
        change.written().ifPresent(written -> {
            article.setAll(article(ticket, written));
            article.putObject("created_by")
                    .put("login", login(written))
                    .put("firstname", written.authorName())
                    .put("lastname", "");
            ArrayNode files = article.putArray("attachments");
            for (HelpdeskFile file : written.files()) {
                file(files.addObject(), file)
                        .put(
                                "url",
                                base + "/api/v1/ticket_attachment/" + ticket.id() + "/" + written.id() + "/"
                                        + file.id());
            }
        });
        return json;
    }

    private static ObjectNode file(ObjectNode json, HelpdeskFile file) {
        json.put("id", Long.parseLong(file.id())).put("filename", file.name());
        json.put("size", String.valueOf(file.bytes().length));
        json.putObject("preferences").put("Mime-Type", file.mimeType());
        return json;
    }

    private String login(TicketMessage article) {
        return article.author() == TicketMessage.Author.CUSTOMER
                ? email(article.authorId())
                : article.authorName().toLowerCase(Locale.ROOT);
    }

    private String email(String customer) {
        return tickets.customer(customer).map(ZammadJson::login).orElse("-");
    }

    private static String login(HelpdeskCustomer user) {
        return user.email().isEmpty() ? user.phone() : user.email();
    }

    private static String sender(TicketMessage article) {
        return switch (article.author()) {
            case CUSTOMER -> "Customer";
            case AGENT -> "Agent";
            case SYSTEM -> "System";
        };
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }
}
