// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.jirasm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The service desk's API: customers, requests, comments, files. Whatever it writes is by the token's user, who is an
 * agent; only a request may be raised for somebody else.
 */
final class JiraRequests {
    private static final String API = "/rest/servicedeskapi";
    private static final String REQUEST = API + "/request/{key}";

    private final Tickets tickets;
    private final JiraViews views;
    private final Supplier<String> ids;
    private final Consumer<TicketChange> happened;
    private final Map<String, HelpdeskFile> temporary = new ConcurrentHashMap<>();

    JiraRequests(Tickets tickets, JiraViews views, Supplier<String> ids, Consumer<TicketChange> happened) {
        this.tickets = tickets;
        this.views = views;
        this.ids = ids;
        this.happened = happened;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", API + "/customer", this::customer)
                .on("GET", API + "/servicedesk/{desk}", this::desk)
                .on("GET", API + "/servicedesk/{desk}/requesttype/{type}", this::requestType)
                .on("GET", API + "/servicedesk/{desk}/customer", this::customers)
                .on("POST", API + "/servicedesk/{desk}/customer", call -> SimulatorResponse.empty(204, Map.of()))
                .on("POST", API + "/servicedesk/{desk}/attachTemporaryFile", this::upload)
                .on("POST", API + "/request", this::create)
                .on("GET", REQUEST, this::show)
                .on("GET", REQUEST + "/comment", this::comments)
                .on("GET", REQUEST + "/comment/{id}", this::comment)
                .on("POST", REQUEST + "/comment", this::write)
                .on("POST", REQUEST + "/attachment", this::attach);
    }

    private SimulatorResponse customer(ApiCall call) throws IOException {
        JsonNode json = call.json();
        String email = json.path("email").asText("");
        if (!email.matches("[^@\\s]+@[^@\\s]+")) {
            return JiraViews.error(400, "The email address format is incorrect.");
        }
        boolean there = tickets.customer(customer -> customer.email().equalsIgnoreCase(email))
                .isPresent();
        if (there) {
            boolean strict = call.query().get("strictConflictStatusCode").equals("true");
            return JiraViews.error(strict ? 409 : 400, "An account already exists for this email");
        }
        String name = json.path("displayName").asText(json.path("fullName").asText(email));
        return SimulatorResponse.json(201, views.customer(tickets.add(HelpdeskCustomer.of(name, email, "", ""))));
    }

    private SimulatorResponse desk(ApiCall call) {
        return call.step("desk").equals(JiraViews.DESK)
                ? SimulatorResponse.json(200, views.desk())
                : JiraViews.error(404, "The Service Desk does not exist.");
    }

    private SimulatorResponse requestType(ApiCall call) {
        return call.step("desk").equals(JiraViews.DESK) && call.step("type").equals(JiraViews.REQUEST_TYPE)
                ? SimulatorResponse.json(200, views.requestType())
                : JiraViews.error(404, "The request type does not exist.");
    }

    private SimulatorResponse customers(ApiCall call) {
        if (!call.request().header("X-ExperimentalApi").equals("opt-in")) {
            return JiraViews.error(412, "This API is experimental. Opt in by the header X-ExperimentalApi.");
        }
        String query = call.query().get("query");
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        tickets.customers().stream()
                .filter(customer ->
                        customer.email().startsWith(query) || customer.name().startsWith(query))
                .forEach(customer -> values.add(views.customer(customer)));
        return page(values, call);
    }

    private static SimulatorResponse page(ArrayNode all, ApiCall call) {
        int start = number(call.query().get("start"), 0);
        int limit = Math.min(100, number(call.query().get("limit"), 50));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode values = page.putArray("values");
        for (int i = start; i < Math.min(all.size(), start + limit); i++) {
            values.add(all.get(i));
        }
        page.put("size", values.size()).put("start", start).put("limit", limit);
        return SimulatorResponse.json(200, page.put("isLastPage", start + limit >= all.size()));
    }

    private static int number(String text, int fallback) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : fallback;
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode json = call.json();
        String summary = json.at("/requestFieldValues/summary").asText("");
        if (!json.path("serviceDeskId").asText().equals(JiraViews.DESK)
                || !json.path("requestTypeId").asText().equals("25")) {
            return JiraViews.error(404, "The Service Desk or its request type was not found.");
        }
        if (summary.isBlank() || summary.contains("\n") || summary.length() > 255) {
            return JiraViews.error(
                    400,
                    "Your request could not be created. Please check the fields have been filled in correctly. summary: it must be one line of at most 255 characters");
        }
        String account = json.path("raiseOnBehalfOf").asText("");
        Optional<HelpdeskCustomer> reporter = tickets.customer(account.replaceFirst("^qm:", ""));
        if (!account.isEmpty() && reporter.isEmpty()) {
            return JiraViews.error(400, "The user '" + account + "' is no customer of this service desk.");
        }
        Ticket opened = tickets.open(
                Ticket.from(reporter.map(HelpdeskCustomer::id).orElse("0"), summary, "Waiting for support", "Medium"));
        String description = json.at("/requestFieldValues/description").asText("");
        TicketMessage draft = reporter.map(customer -> TicketMessage.ofCustomer(customer, description))
                .orElseGet(() -> TicketMessage.ofAgent(JiraSmSimulator.API_USER, "Dragoman", true, description));
        TicketMessage written = tickets.add(
                opened.id(), TicketMessageBuilder.builder(draft).byApi(true).build());
        happened.accept(new TicketChange(TicketChange.Kind.CREATED, present(opened.id()), written, true));
        return SimulatorResponse.json(201, views.request(opened, reporter(opened)));
    }

    private ObjectNode reporter(Ticket ticket) {
        return tickets.customer(ticket.customer())
                .map(views::customer)
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("accountId", JiraSmSimulator.API_USER));
    }

    private SimulatorResponse show(ApiCall call) {
        return find(call)
                .map(ticket -> SimulatorResponse.json(200, views.request(ticket, reporter(ticket))))
                .orElseGet(JiraViews::noIssue);
    }

    private SimulatorResponse comments(ApiCall call) {
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return JiraViews.noIssue();
        }
        boolean notes = !call.query().get("internal").equals("false");
        boolean answers = !call.query().get("public").equals("false");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        ticket.get().messages().stream()
                .skip(1) // the first is the description
                .filter(message -> message.visible() ? answers : notes)
                .forEach(message -> all.add(views.comment(message)));
        return page(all, call);
    }

    private SimulatorResponse comment(ApiCall call) {
        return find(call)
                .flatMap(ticket -> ticket.message(call.step("id")))
                .map(message -> SimulatorResponse.json(200, views.comment(message)))
                .orElseGet(() -> JiraViews.error(404, "The comment does not exist."));
    }

    private SimulatorResponse write(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return JiraViews.noIssue();
        }
        if (json.path("body").asText("").isBlank()) {
            return JiraViews.error(400, "Comment body can not be empty!");
        }
        TicketMessage draft = TicketMessage.ofAgent(
                JiraSmSimulator.API_USER,
                "Dragoman",
                json.path("public").asBoolean(),
                json.path("body").asText());
        TicketMessage added = written(ticket.get(), draft);
        return SimulatorResponse.json(201, views.comment(added));
    }

    private TicketMessage written(Ticket ticket, TicketMessage draft) {
        TicketMessage added = tickets.add(
                ticket.id(), TicketMessageBuilder.builder(draft).byApi(true).build());
        happened.accept(new TicketChange(TicketChange.Kind.WRITTEN, present(ticket.id()), added, true));
        return added;
    }

    /** A file waits until an attachment names it. Without the token's header the server suspects a forged form. */
    private SimulatorResponse upload(ApiCall call) {
        if (!call.request().header("X-Atlassian-Token").equals("no-check")) {
            return new SimulatorResponse(
                    403, "text/html", Map.of(), "XSRF check failed".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode kept = answer.putArray("temporaryAttachments");
        for (MultipartReader.Part file : MultipartReader.parts(
                call.request().header("Content-Type"), call.request().body())) {
            if (file.name().equals("file")) {
                String id = "temp" + ids.get();
                temporary.put(id, new HelpdeskFile(ids.get(), file.fileName(), file.type(), file.content()));
                kept.addObject().put("temporaryAttachmentId", id).put("fileName", file.fileName());
            }
        }
        return kept.isEmpty()
                ? JiraViews.error(400, "You need to select at least one file to attach.")
                : SimulatorResponse.json(201, answer);
    }

    private SimulatorResponse attach(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return JiraViews.noIssue();
        }
        List<HelpdeskFile> files = new ArrayList<>();
        for (JsonNode id : json.path("temporaryAttachmentIds")) {
            HelpdeskFile file = temporary.remove(id.asText());
            if (file == null) {
                return JiraViews.error(400, "The temporary attachment " + id.asText() + " was not found.");
            }
            files.add(file);
        }
        TicketMessage draft = TicketMessage.ofAgent(
                JiraSmSimulator.API_USER,
                "Dragoman",
                json.path("public").asBoolean(),
                json.at("/additionalComment/body").asText(""));
        TicketMessage added = written(
                ticket.get(), TicketMessageBuilder.builder(draft).files(files).build());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("comment", views.comment(added));
        ArrayNode values = answer.putObject("attachments").putArray("values");
        files.forEach(file -> values.add(views.attachment(file)));
        return SimulatorResponse.json(201, answer);
    }

    private Optional<Ticket> find(ApiCall call) {
        return tickets.find(JiraViews.id(call.step("key"))).filter(ticket -> !ticket.deleted());
    }

    private Ticket present(String id) {
        return tickets.find(id).orElseThrow();
    }
}
