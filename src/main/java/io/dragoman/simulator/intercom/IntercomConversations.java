// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The conversations of a workspace, as the API opens, answers, closes, assigns and lists them. */
final class IntercomConversations {
    private static final int MOST_FILES = 10;

    private final Tickets tickets;
    private final IntercomContacts contacts;
    private final IntercomViews views;
    private final IntercomAdmins admins;
    private final Consumer<TicketChange> happened;

    IntercomConversations(
            Tickets tickets,
            IntercomContacts contacts,
            IntercomViews views,
            IntercomAdmins admins,
            Consumer<TicketChange> happened) {
        this.tickets = tickets;
        this.contacts = contacts;
        this.views = views;
        this.admins = admins;
        this.happened = happened;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", "/conversations", this::create)
                .on("POST", "/conversations/search", this::search)
                .on("GET", "/conversations/{id}", call -> shown(call.step("id")))
                .on("PUT", "/conversations/{id}", this::update)
                .on("POST", "/conversations/{id}/reply", this::reply)
                .on("POST", "/conversations/{id}/parts", this::manage)
                .on("POST", "/conversations/{id}/tags", this::tag)
                .on("DELETE", "/conversations/{id}/tags/{tag}", this::untag)
                .on("GET", "/attachments/{id}", this::file);
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<HelpdeskCustomer> from = contacts.find(json.at("/from/id").asText());
        if (!json.at("/from/type").asText().matches("lead|user|contact")) {
            return IntercomSimulator.error(400, "parameter_invalid", "from.type must be one of lead, user, contact");
        }
        if (from.isEmpty()) {
            return IntercomSimulator.error(404, "not_found", "User Not Found");
        }
        if (json.path("body").asText("").isBlank()) {
            return IntercomSimulator.error(400, "parameter_not_found", "body is required");
        }
        Ticket opened = tickets.open(Ticket.from(from.get().id(), "", "open", "not_priority"));
        TicketMessage message = tickets.add(opened.id(), ofCustomer(from.get(), json, List.of()));
        happened.accept(new TicketChange(TicketChange.Kind.CREATED, present(opened.id()), message, true));
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("type", "user_message")
                .put("id", message.id())
                .put("created_at", message.at().getEpochSecond())
                .put("body", message.text())
                .put("message_type", "inapp")
                .put("conversation_id", opened.id());
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse reply(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket = find(call.step("id"));
        if (ticket.isEmpty()) {
            return IntercomSimulator.notFound();
        }
        if (json.path("attachment_files").size() > MOST_FILES
                || json.path("attachment_urls").size() > MOST_FILES) {
            return IntercomSimulator.error(400, "parameter_invalid", "You can include up to 10 attachments");
        }
        boolean files = !json.path("attachment_files").isEmpty();
        if (json.path("body").asText("").isBlank() && !files) {
            return IntercomSimulator.error(400, "parameter_not_found", "body is required");
        }
        return json.path("type").asText().equals("user") ? asContact(ticket.get(), json) : asAdmin(ticket.get(), json);
    }

    private SimulatorResponse asContact(Ticket ticket, JsonNode json) {
        Optional<HelpdeskCustomer> author = contacts.find(
                        json.path("intercom_user_id").asText(""))
                .or(() -> contacts.byExternalId(json.path("user_id").asText("")))
                .or(() -> contacts.byEmail(json.path("email").asText("")));
        if (author.isEmpty()) {
            return IntercomSimulator.error(404, "not_found", "User Not Found");
        }
        // a contact's word opens a closed conversation again
        tickets.change(ticket.id(), change -> change.status("open"));
        return written(ticket.id(), ofCustomer(author.get(), json, files(json)));
    }

    private SimulatorResponse asAdmin(Ticket ticket, JsonNode json) {
        String admin = json.path("admin_id").asText("");
        String kind = json.path("message_type").asText();
        if (!admins.known(admin)) {
            return IntercomSimulator.error(404, "not_found", "Admin not found");
        }
        if (!kind.matches("comment|note")) {
            return IntercomSimulator.error(400, "parameter_invalid", "message_type must be comment or note");
        }
        TicketMessage draft = TicketMessage.ofAgent(
                admin,
                admins.name(admin),
                kind.equals("comment"),
                json.path("body").asText(""));
        return written(
                ticket.id(),
                TicketMessageBuilder.builder(draft)
                        .html(true)
                        .files(files(json))
                        .byApi(true)
                        .build());
    }

    private SimulatorResponse written(String ticket, TicketMessage draft) {
        TicketMessage message = tickets.add(ticket, draft);
        happened.accept(new TicketChange(TicketChange.Kind.WRITTEN, present(ticket), message, true));
        return shown(ticket);
    }

    private static TicketMessage ofCustomer(HelpdeskCustomer customer, JsonNode json, List<HelpdeskFile> files) {
        TicketMessage draft =
                TicketMessage.ofCustomer(customer, json.path("body").asText(""));
        return TicketMessageBuilder.builder(draft).files(files).build();
    }

    private List<HelpdeskFile> files(JsonNode json) {
        List<HelpdeskFile> files = new ArrayList<>();
        for (JsonNode file : json.path("attachment_files")) {
            files.add(new HelpdeskFile(
                    admins.nextId(),
                    file.path("name").asText(),
                    file.path("content_type").asText(),
                    Base64.getDecoder().decode(file.path("data").asText())));
        }
        return files;
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode json = call.json();
        return find(call.step("id"))
                .map(ticket -> {
                    String title = json.path("title").asText(ticket.subject());
                    tickets.change(ticket.id(), change -> change.subject(title));
                    return shown(ticket.id());
                })
                .orElseGet(IntercomSimulator::notFound);
    }

    private SimulatorResponse manage(ApiCall call) throws IOException {
        JsonNode json = call.json();
        String admin = json.path("admin_id").asText("");
        String assignee = json.path("assignee_id").asText("");
        if (find(call.step("id")).isEmpty()) {
            return IntercomSimulator.notFound();
        }
        if (!admins.known(admin)) {
            return IntercomSimulator.error(404, "not_found", "Admin not found");
        }
        return switch (json.path("message_type").asText()) {
            case "close" -> changed(call, TicketChange.Kind.STATUS, change -> change.status("closed"));
            case "open" -> changed(call, TicketChange.Kind.STATUS, change -> change.status("open"));
            case "assignment" -> assign(call, json.path("type").asText(), assignee);
            default -> IntercomSimulator.error(400, "parameter_invalid", "message_type is invalid");
        };
    }

    /** The id 0 is nobody's. */
    private SimulatorResponse assign(ApiCall call, String type, String assignee) {
        boolean team = type.equals("team");
        boolean nobody = assignee.equals("0");
        if (!nobody && !(team ? assignee.equals(IntercomSimulator.TEAM) : admins.known(assignee))) {
            return IntercomSimulator.error(404, "not_found", "Assignee not found");
        }
        String given = nobody ? "" : assignee;
        return team
                ? changed(call, TicketChange.Kind.MOVED, change -> change.team(given))
                : changed(call, TicketChange.Kind.ASSIGNED, change -> change.assignee(given));
    }

    private SimulatorResponse changed(ApiCall call, TicketChange.Kind kind, Consumer<TicketBuilder> change) {
        Ticket ticket = tickets.change(call.step("id"), change);
        happened.accept(new TicketChange(kind, ticket, null, true));
        return shown(ticket.id());
    }

    private SimulatorResponse tag(ApiCall call) throws IOException {
        String name = admins.tagName(call.json().path("id").asText(""));
        Optional<Ticket> ticket = find(call.step("id"));
        if (ticket.isEmpty() || name.isEmpty()) {
            return IntercomSimulator.error(
                    404, "not_found", ticket.isEmpty() ? "Conversation not found" : "Tag not found");
        }
        List<String> tags = new ArrayList<>(ticket.get().tags());
        if (!tags.contains(name)) {
            tags.add(name);
        }
        changed(call, TicketChange.Kind.TAGGED, change -> change.tags(tags));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("type", "tag");
        return SimulatorResponse.json(200, answer.put("id", admins.tagId(name)).put("name", name));
    }

    private SimulatorResponse untag(ApiCall call) {
        String name = admins.tagName(call.step("tag"));
        Optional<Ticket> ticket = find(call.step("id"));
        if (ticket.isEmpty()) {
            return IntercomSimulator.error(404, "not_found", "Conversation not found");
        }
        List<String> tags = new ArrayList<>(ticket.get().tags());
        tags.remove(name);
        return changed(call, TicketChange.Kind.TAGGED, change -> change.tags(tags));
    }

    private SimulatorResponse search(ApiCall call) throws IOException {
        JsonNode query = call.json().path("query");
        Set<String> contact = new HashSet<>();
        Instant since = Instant.EPOCH;
        for (JsonNode term : query.path("operator").asText().equals("AND") ? query.path("value") : List.of(query)) {
            String asked =
                    term.path("field").asText() + " " + term.path("operator").asText();
            if (asked.equals("contact_ids =")) {
                contact.add(IntercomViews.customer(term.path("value").asText()));
            } else if (asked.matches("(updated_at|created_at) >")
                    && term.path("value").isNumber()) {
                since = Instant.ofEpochSecond(term.path("value").asLong() + 1);
            } else {
                return IntercomSimulator.error(400, "parameter_invalid", "query is invalid");
            }
        }
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "conversation.list");
        ArrayNode found = list.putArray("conversations");
        for (Ticket ticket : tickets.updatedSince(since)) {
            if (!ticket.deleted() && (contact.isEmpty() || contact.contains(ticket.customer()))) {
                found.add(views.conversation(
                        ticket, tickets.customer(ticket.customer()).orElseThrow()));
            }
        }
        list.put("total_count", found.size());
        list.putObject("pages").put("type", "pages").put("page", 1).put("per_page", 150);
        return SimulatorResponse.json(200, list);
    }

    private SimulatorResponse file(ApiCall call) {
        return tickets.all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> file.id().equals(call.step("id")))
                .findFirst()
                .map(file -> new SimulatorResponse(200, file.mimeType(), java.util.Map.of(), file.bytes()))
                .orElseGet(IntercomSimulator::notFound);
    }

    private SimulatorResponse shown(String id) {
        return find(id).map(ticket -> {
                    HelpdeskCustomer customer =
                            tickets.customer(ticket.customer()).orElseThrow();
                    return SimulatorResponse.json(200, views.conversation(ticket, customer, views.parts(ticket)));
                })
                .orElseGet(IntercomSimulator::notFound);
    }

    /** A merged conversation lives on in the other; a deleted one is gone. */
    private Optional<Ticket> find(String id) {
        return tickets.find(id).filter(ticket -> !ticket.deleted());
    }

    private Ticket present(String id) {
        return tickets.find(id).orElseThrow();
    }
}
