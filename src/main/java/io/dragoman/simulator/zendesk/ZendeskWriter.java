// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates and changes tickets as Zendesk's API does. */
final class ZendeskWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration KEPT = Duration.ofHours(2);
    private static final int UPDATES = 30;

    private final Tickets tickets;
    private final ZendeskJson json;
    private final ZendeskUsers users;
    private final Clock clock;
    private final Supplier<String> ids;
    private final Map<String, HelpdeskFile> uploads = new HashMap<>();
    private final Map<String, Made> made = new HashMap<>();
    private final Map<String, Deque<Instant>> updates = new HashMap<>();

    ZendeskWriter(Tickets tickets, ZendeskJson json, ZendeskUsers users, Clock clock, Supplier<String> ids) {
        this.tickets = tickets;
        this.json = json;
        this.users = users;
        this.clock = clock;
        this.ids = ids;
    }

    /** What a call did: {@code comment} is null where none was written. */
    record Done(Ticket ticket, @Nullable TicketMessage comment, boolean repeated, SimulatorResponse response) {}

    /** What was made by an idempotency key. */
    private record Made(String body, Instant at, Done done) {}

    Done create(ApiCall call) throws IOException {
        String key = call.request().header("Idempotency-Key");
        Made before = made.get(key);
        if (before != null && before.at().isAfter(clock.instant().minus(KEPT))) {
            if (!before.body().equals(call.request().text())) {
                throw new ApiRefusal(
                        400,
                        ZendeskJson.error(
                                "IdempotentRequestError", "Request parameters do not match the original request"));
            }
            Done done = before.done();
            SimulatorResponse again = done.response();
            return new Done(
                    done.ticket(),
                    done.comment(),
                    true,
                    SimulatorResponse.json(
                            again.status(),
                            Map.of("x-idempotency-lookup", "hit"),
                            new String(again.body(), java.nio.charset.StandardCharsets.UTF_8)));
        }
        Done done = make(call.json().path("ticket"), key);
        if (!key.isEmpty()) {
            made.put(key, new Made(call.request().text(), clock.instant(), done));
        }
        return done;
    }

    private Done make(JsonNode body, String key) throws ApiRefusal {
        JsonNode comment = body.path("comment");
        if (text(comment).isEmpty()) {
            throw new ApiRefusal(422, ZendeskJson.invalid("description", "Description: cannot be blank", "BlankValue"));
        }
        String source = ZendeskJson.text(body.path("via_followup_source_id"));
        if (!source.isEmpty()
                && !tickets.find(source).map(Ticket::status).orElse("").equals("closed")) {
            throw new ApiRefusal(
                    422, ZendeskJson.invalid("base", "Followup source: must be a closed ticket", "InvalidValue"));
        }
        HelpdeskCustomer requester = requester(body);
        Ticket ticket = tickets.open(TicketBuilder.builder(Ticket.from(
                        requester.id(), body.path("subject").asText(text(comment)), "new", priority(body, "")))
                .externalId(ZendeskJson.text(body.path("external_id")))
                .extra(source.isEmpty() ? Map.of() : Map.of("via_followup_source_id", source))
                .build());
        set(ticket, body);
        String author = ZendeskJson.text(body.path("submitter_id"));
        TicketMessage written = write(ticket, comment, author);
        Ticket created = tickets.find(ticket.id()).orElseThrow();
        Map<String, String> headers = key.isEmpty() ? Map.of() : Map.of("x-idempotency-lookup", "miss");
        return new Done(created, written, false, SimulatorResponse.json(201, headers, audited(created, written)));
    }

    private HelpdeskCustomer requester(JsonNode body) throws ApiRefusal {
        String id = ZendeskJson.text(body.path("requester_id"));
        if (id.isEmpty()) {
            if (!body.has("requester")) {
                throw new ApiRefusal(422, ZendeskJson.invalid("requester", "Requester: cannot be blank", "BlankValue"));
            }
            return users.requester(body.path("requester"));
        }
        return tickets.customer(id)
                .orElseThrow(() -> new ApiRefusal(
                        422, ZendeskJson.invalid("requester", "Requester: is not valid", "InvalidValue")));
    }

    Done update(Ticket ticket, ApiCall call) throws IOException {
        JsonNode body = call.json().path("ticket");
        if (ticket.status().equals("closed")) {
            throw new ApiRefusal(
                    422, ZendeskJson.invalid("status", "Status: closed prevents ticket update", "InvalidValue"));
        }
        limit(ticket.id());
        priority(body, "");
        set(ticket, body);
        TicketMessage written = body.has("comment") ? write(ticket, body.path("comment"), "") : null;
        Ticket changed = tickets.find(ticket.id()).orElseThrow();
        return new Done(changed, written, false, SimulatorResponse.json(200, audited(changed, written)));
    }

    /** One user may change one ticket thirty times in ten minutes. */
    private void limit(String ticket) throws ApiRefusal {
        Deque<Instant> times = updates.computeIfAbsent(ticket, id -> new ArrayDeque<>());
        Instant now = clock.instant();
        times.removeIf(time -> time.isBefore(now.minusSeconds(600)));
        if (times.size() >= UPDATES) {
            throw new ApiRefusal(SimulatorResponse.json(
                    429,
                    Map.of("Retry-After", "60"),
                    ZendeskJson.error("TooManyUpdates", "Too many updates of this ticket by this user")));
        }
        times.add(now);
    }

    private void set(Ticket ticket, JsonNode body) throws ApiRefusal {
        String status = body.path("status").asText(ticket.status());
        if (!status.matches("new|open|pending|hold|solved|closed")) {
            throw new ApiRefusal(
                    422, ZendeskJson.invalid("status", "Status: " + status + " is not valid", "InvalidValue"));
        }
        known(body, "group_id", ZendeskSimulator.TEAM);
        known(body, "assignee_id", ZendeskSimulator.ASSIGNEE);
        tickets.change(ticket.id(), changed -> {
            changed.status(status).priority(body.path("priority").asText(changed.priority()));
            changed.assignee(body.path("assignee_id").asText(changed.assignee()));
            changed.team(body.path("group_id").asText(changed.team()));
            if (body.has("tags")) {
                List<String> tags = new ArrayList<>();
                body.path("tags").forEach(tag -> tags.add(tag.asText()));
                changed.tags(tags);
            }
        });
    }

    private static void known(JsonNode body, String name, String known) throws ApiRefusal {
        JsonNode value = body.path(name);
        if (!value.isMissingNode()
                && !(value.isIntegralNumber() && value.asText().equals(known))) {
            throw new ApiRefusal(
                    422, ZendeskJson.invalid(name, name + ": " + value.asText() + " is invalid", "InvalidValue"));
        }
    }

    private static String priority(JsonNode body, String usual) throws ApiRefusal {
        String priority = body.path("priority").asText(usual);
        if (!priority.matches("urgent|high|normal|low|null|")) {
            throw new ApiRefusal(
                    422, ZendeskJson.invalid("priority", "Priority: " + priority + " is not valid", "InvalidValue"));
        }
        return priority.equals("null") ? "" : priority;
    }

    private TicketMessage write(Ticket ticket, JsonNode comment, String submitter) throws ApiRefusal {
        String author = comment.path("author_id").asText(submitter);
        boolean agent = author.isEmpty() || author.equals(ZendeskSimulator.ASSIGNEE);
        HelpdeskCustomer customer = agent ? null : tickets.customer(author).orElse(null);
        if (!agent && customer == null) {
            throw new ApiRefusal(422, ZendeskJson.invalid("base", "Author: is not valid", "InvalidValue"));
        }
        boolean visible = comment.path("public").asBoolean(true);
        List<HelpdeskFile> files = new ArrayList<>();
        for (JsonNode token : comment.path("uploads")) {
            HelpdeskFile file = uploads.remove(token.asText());
            if (file == null) {
                throw new ApiRefusal(
                        422, ZendeskJson.invalid("base", "Upload: token is invalid or was used", "InvalidValue"));
            }
            files.add(file);
        }
        String text = text(comment);
        TicketMessage written = tickets.add(
                ticket.id(),
                new TicketMessage(
                        "",
                        agent ? TicketMessage.Author.AGENT : TicketMessage.Author.CUSTOMER,
                        agent ? ZendeskSimulator.ASSIGNEE : author,
                        customer == null ? "Gateway" : customer.name(),
                        visible,
                        text,
                        comment.has("html_body"),
                        files,
                        "",
                        true,
                        clock.instant()));
        if (agent && visible) { // the trigger that every account has from the start
            String to = tickets.customer(ticket.customer()).orElseThrow().email();
            tickets.mail(new TicketMail(ticket.id(), to, text, true));
        }
        return written;
    }

    private static String text(JsonNode comment) {
        return comment.path("html_body").asText(comment.path("body").asText(""));
    }

    private ObjectNode audited(Ticket ticket, @Nullable TicketMessage comment) {
        ObjectNode answer = JSON.objectNode();
        answer.set("ticket", json.ticket(ticket));
        ObjectNode audit = answer.putObject("audit");
        audit.put("id", Long.parseLong(ids.get())).put("ticket_id", Long.parseLong(ticket.id()));
        ArrayNode events = audit.putArray("events");
        if (comment != null) {
            events.add(json.comment(comment));
        }
        events.addObject()
                .put("id", Long.parseLong(ids.get()))
                .put("type", "Change")
                .put("field_name", "status");
        return answer;
    }

    SimulatorResponse upload(ApiCall call) throws ApiRefusal {
        String name = call.query().get("filename");
        if (name.isEmpty()) {
            throw new ApiRefusal(400, ZendeskJson.error("MissingParameter", "filename is required"));
        }
        if (call.request().body().length > 50 * 1024 * 1024) {
            throw new ApiRefusal(413, ZendeskJson.error("AttachmentTooLarge", "The attachment is too large"));
        }
        String token = "upload" + ids.get();
        uploads.put(
                token,
                new HelpdeskFile(
                        ids.get(),
                        name,
                        call.request().header("Content-Type"),
                        call.request().body()));
        ObjectNode answer = JSON.objectNode();
        answer.putObject("upload").put("token", token).putObject("attachment").put("file_name", name);
        return SimulatorResponse.json(201, answer);
    }
}
