// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.Tickets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes articles as Zammad's API does: who may say what he is, and what is mailed. */
final class ZammadArticles {
    private static final Set<String> TYPES =
            Set.of("note", "web", "email", "phone", "sms", "chat", "fax", "twitter status");

    private final Tickets tickets;
    private final Supplier<String> fileIds;

    ZammadArticles(Tickets tickets, Supplier<String> fileIds) {
        this.tickets = tickets;
        this.fileIds = fileIds;
    }

    /**
     * Writes one.
     *
     * @param behalf the customer who writes; null where the token's agent does
     */
    TicketMessage write(Ticket ticket, JsonNode article, @Nullable HelpdeskCustomer behalf) throws ZammadRefusal {
        boolean customer =
                behalf != null || article.path("sender").asText("Agent").equals("Customer");
        boolean internal = behalf == null && article.path("internal").asBoolean();
        String type = article.path("type").asText("note");
        if (behalf != null && !type.equals("web")) {
            type = "note"; // whatever a customer says
        }
        check(article, type);
        String body = article.path("body").asText();
        HelpdeskCustomer origin = behalf != null ? behalf : origin(article);
        TicketMessage written = tickets.add(
                ticket.id(),
                new TicketMessage(
                        "",
                        customer ? TicketMessage.Author.CUSTOMER : TicketMessage.Author.AGENT,
                        customer && origin != null ? origin.id() : "3",
                        customer && origin != null ? origin.name() : "Bot",
                        !internal,
                        body,
                        article.path("content_type").asText().equals("text/html"),
                        files(article.path("attachments")),
                        type + "\n" + article.path("message_id").asText(""),
                        true,
                        java.time.Instant.EPOCH));
        if (!customer && type.equals("email")) { // even where it is internal
            String to = article.path("to")
                    .asText(tickets.customer(ticket.customer())
                            .map(HelpdeskCustomer::email)
                            .orElse(""));
            tickets.mail(new TicketMail(ticket.id(), to, body, true));
        }
        return written;
    }

    private static void check(JsonNode article, String type) throws ZammadRefusal {
        if (!article.has("body")) {
            throw new ZammadRefusal(422, "Need at least article: { body: \"some text\" }");
        }
        if (!TYPES.contains(type)) {
            throw new ZammadRefusal(422, "No lookup value found for 'type': \"" + type + "\"");
        }
        String sender = article.path("sender").asText("Agent");
        if (!Set.of("Agent", "Customer", "System").contains(sender)) {
            throw new ZammadRefusal(422, "No lookup value found for 'sender': \"" + sender + "\"");
        }
    }

    private @Nullable HelpdeskCustomer origin(JsonNode article) throws ZammadRefusal {
        String id = article.path("origin_by_id").asText();
        if (id.isEmpty()) {
            return null;
        }
        return tickets.customer(id)
                .orElseThrow(() -> new ZammadRefusal(422, "Invalid value for param 'origin_by_id': " + id));
    }

    private List<HelpdeskFile> files(JsonNode attachments) throws ZammadRefusal {
        List<HelpdeskFile> files = new ArrayList<>();
        for (int i = 0; i < attachments.size(); i++) {
            JsonNode attachment = attachments.get(i);
            for (String key : List.of("mime-type", "filename", "data")) {
                if (!attachment.hasNonNull(key)) {
                    throw new ZammadRefusal(
                            422, "Attachment needs '" + key + "' param for attachment with index '" + i + "'");
                }
            }
            try {
                byte[] bytes =
                        Base64.getDecoder().decode(attachment.path("data").asText());
                files.add(new HelpdeskFile(
                        fileIds.get(),
                        attachment.path("filename").asText(),
                        attachment.path("mime-type").asText(),
                        bytes));
            } catch (IllegalArgumentException e) {
                throw new ZammadRefusal(422, "Invalid base64 for attachment with index '" + i + "'");
            }
        }
        return files;
    }
}
