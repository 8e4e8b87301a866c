// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.jirasm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The platform's API: labels, priority, transitions, files, and the search by JQL. */
final class JiraIssues {
    private static final String ISSUE = "/rest/api/3/issue/{key}";
    private static final Pattern UPDATED =
            Pattern.compile("(?:updated|created)\\s*>=\\s*\"?(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d|\\d{13})\"?");
    private static final Pattern REPORTER = Pattern.compile("reporter\\s*=\\s*\"?qm:(\\d+)\"?");
    private static final Pattern LABEL = Pattern.compile("labels\\s*=\\s*\"?([\\w.-]+)\"?");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Tickets tickets;
    private final JiraViews views;
    private final Consumer<TicketChange> happened;

    JiraIssues(Tickets tickets, JiraViews views, Consumer<TicketChange> happened) {
        this.tickets = tickets;
        this.views = views;
        this.happened = happened;
    }

    void serve(ApiRoutes routes) {
        routes.on("GET", "/rest/api/3/myself", call -> SimulatorResponse.json(200, views.agent()))
                .on("GET", "/rest/api/3/search/jql", this::search)
                .on("GET", ISSUE, this::show)
                .on("PUT", ISSUE, this::update)
                .on("GET", ISSUE + "/comment", this::comments)
                .on("GET", ISSUE + "/transitions", this::transitions)
                .on("POST", ISSUE + "/transitions", this::move)
                .on("GET", "/rest/api/3/attachment/content/{id}", this::file);
    }

    private SimulatorResponse show(ApiCall call) {
        return find(call)
                .map(ticket -> SimulatorResponse.json(200, views.issue(ticket)))
                .orElseGet(JiraViews::noIssue);
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return JiraViews.noIssue();
        }
        String priority = json.at("/fields/priority/name").asText(ticket.get().priority());
        if (!priority.matches("Highest|High|Medium|Low|Lowest")) {
            return JiraViews.platformError(400, "priority: The priority selected is invalid.");
        }
        String assignee =
                json.at("/fields/assignee/accountId").asText(ticket.get().assignee());
        if (!assignee.equals(ticket.get().assignee()) && !assignee.equals(JiraSmSimulator.AGENT)) {
            return JiraViews.platformError(400, "assignee: User '" + assignee + "' does not exist.");
        }
        List<String> labels = new ArrayList<>(ticket.get().tags());
        if (json.at("/fields/labels").isArray()) {
            labels.clear();
            json.at("/fields/labels").forEach(label -> labels.add(label.asText()));
        }
        for (JsonNode change : json.at("/update/labels")) {
            labels.add(change.path("add").asText(""));
            labels.remove(change.path("remove").asText(""));
        }
        labels.removeIf(String::isEmpty);
        if (labels.stream().anyMatch(label -> label.contains(" "))) {
            return JiraViews.platformError(400, "labels: The label contains spaces which is invalid.");
        }
        changed(ticket.get(), TicketChange.Kind.TAGGED, change -> change.tags(
                        labels.stream().distinct().toList())
                .priority(priority)
                .assignee(assignee));
        return SimulatorResponse.empty(204, Map.of());
    }

    /** A page of them, the newest first. */
    private SimulatorResponse comments(ApiCall call) {
        if (!call.query().get("orderBy").equals("-created")) {
            return JiraViews.platformError(400, "this simulator orders comments by -created alone");
        }
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return JiraViews.noIssue();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode all = answer.putArray("comments");
        List<TicketMessage> newest =
                new ArrayList<>(ticket.get().messages().stream().skip(1).toList()); // the first is the description
        Collections.reverse(newest);
        int from = number(call.query().get("startAt"), 0);
        int size = Math.min(5_000, number(call.query().get("maxResults"), 5_000));
        newest.stream().skip(from).limit(size).forEach(message -> {
            ObjectNode comment = all.addObject().put("id", message.id());
            comment.set("author", JiraViews.author(message));
            comment.set("body", JiraViews.document(message));
            comment.put("created", JiraViews.time(message.at())).put("jsdPublic", message.visible());
        });
        return SimulatorResponse.json(
                200, answer.put("startAt", from).put("maxResults", size).put("total", newest.size()));
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private SimulatorResponse transitions(ApiCall call) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode all = answer.putArray("transitions");
        JiraSmSimulator.TRANSITIONS.forEach((id, status) -> all.addObject()
                .put("id", id)
                .put("name", status)
                .putObject("to")
                .put("name", status));
        return find(call).isPresent() ? SimulatorResponse.json(200, answer) : JiraViews.noIssue();
    }

    private SimulatorResponse move(ApiCall call) throws IOException {
        String status =
                JiraSmSimulator.TRANSITIONS.get(call.json().at("/transition/id").asText(""));
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return JiraViews.noIssue();
        }
        if (status == null) {
            return JiraViews.platformError(
                    400, "It seems that you have tried to perform an illegal workflow operation.");
        }
        changed(ticket.get(), TicketChange.Kind.STATUS, change -> change.status(status));
        return SimulatorResponse.empty(204, Map.of());
    }

    private void changed(Ticket ticket, TicketChange.Kind kind, Consumer<TicketBuilder> change) {
        happened.accept(new TicketChange(kind, tickets.change(ticket.id(), change), null, true));
    }

    /** What is new is found at once here; times are to the minute, as JQL has them. */
    private SimulatorResponse search(ApiCall call) {
        String jql = call.query().get("jql");
        Matcher updated = UPDATED.matcher(jql);
        Matcher label = LABEL.matcher(jql);
        Matcher reporter = REPORTER.matcher(jql);
        boolean timed = updated.find();
        boolean labelled = label.find();
        boolean raised = reporter.find();
        if (!timed && !labelled && !raised) {
            return JiraViews.platformError(
                    400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
        }
        Instant since = timed ? time(updated.group(1)) : Instant.EPOCH;
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("isLast", true);
        ArrayNode issues = answer.putArray("issues");
        tickets.updatedSince(since).stream()
                .filter(ticket -> !ticket.deleted())
                .filter(ticket -> !labelled || ticket.tags().contains(label.group(1)))
                .filter(ticket -> !raised || ticket.customer().equals(reporter.group(1)))
                .forEach(ticket -> issues.add(views.issue(ticket)));
        return SimulatorResponse.json(200, answer);
    }

    private static Instant time(String text) {
        try {
            return text.contains("-")
                    ? LocalDateTime.parse(text, MINUTE).toInstant(ZoneOffset.UTC)
                    : Instant.ofEpochMilli(Long.parseLong(text));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private SimulatorResponse file(ApiCall call) {
        return tickets.all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> file.id().equals(call.step("id")))
                .findFirst()
                .map(file -> new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes()))
                .orElseGet(() -> JiraViews.platformError(404, "The attachment with id does not exist"));
    }

    private Optional<Ticket> find(ApiCall call) {
        return tickets.find(JiraViews.id(call.step("key"))).filter(ticket -> !ticket.deleted());
    }
}
