// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zendesk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.Tickets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The lists of tickets: by external id at once, by search minutes later, by the incremental export up to a minute ago. */
final class ZendeskLists {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration INDEXED = Duration.ofMinutes(2);
    private static final Duration TOO_RECENT = Duration.ofMinutes(1);
    private static final int EXPORTS_A_MINUTE = 10;

    private final Tickets tickets;
    private final ZendeskJson json;
    private final Clock clock;
    private final Deque<Instant> exports = new ArrayDeque<>();

    ZendeskLists(Tickets tickets, ZendeskJson json, Clock clock) {
        this.tickets = tickets;
        this.json = json;
        this.clock = clock;
    }

    SimulatorResponse byExternalId(ApiCall call) {
        UrlEncoded query = call.query();
        List<Ticket> found = tickets.all().stream()
                .filter(ticket -> !ticket.deleted())
                .filter(ticket ->
                        !query.has("external_id") || ticket.externalId().equals(query.get("external_id")))
                .toList();
        return SimulatorResponse.json(200, list("tickets", found));
    }

    /** Words of the subject and {@code external_id:}; new tickets are found some minutes later. */
    SimulatorResponse search(ApiCall call) {
        String query = call.query().get("query").replace("type:ticket", "").strip();
        Instant indexed = clock.instant().minus(INDEXED);
        List<Ticket> found = tickets.all().stream()
                .filter(ticket -> !ticket.deleted() && ticket.updated().isBefore(indexed))
                .filter(ticket -> query.startsWith("external_id:")
                        ? ticket.externalId().equals(query.substring("external_id:".length()))
                        : ticket.subject().contains(query))
                .toList();
        return SimulatorResponse.json(200, list("results", found));
    }

    private ObjectNode list(String name, List<Ticket> found) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putArray(name);
        found.stream().limit(100).forEach(ticket -> list.add(json.ticket(ticket)));
        return answer.put("count", found.size()).putNull("next_page");
    }

    /** Every ticket that changed since, the deleted too, in the order of their changes. */
    SimulatorResponse incremental(ApiCall call) throws ApiRefusal {
        Instant now = clock.instant();
        exports.removeIf(time -> time.isBefore(now.minusSeconds(60)));
        if (exports.size() >= EXPORTS_A_MINUTE) {
            throw new ApiRefusal(SimulatorResponse.json(
                    429,
                    Map.of("Retry-After", "6"),
                    ZendeskJson.error(
                            "APIRateLimitExceeded", "Number of allowed incremental export requests exceeded")));
        }
        exports.add(now);
        Instant start = start(call.query(), now);
        int size = call.query().get("per_page").matches("[1-9]\\d{0,3}")
                ? Math.min(1000, Integer.parseInt(call.query().get("per_page")))
                : 1000;
        List<Ticket> changed = tickets.updatedSince(start);
        List<Ticket> page = changed.subList(0, Math.min(size, changed.size()));
        ObjectNode answer = list("tickets", List.of());
        ArrayNode list = answer.putArray("tickets");
        page.forEach(ticket -> list.add(json.ticket(ticket)));
        Instant next =
                page.isEmpty() ? start : page.get(page.size() - 1).updated().plusNanos(1);
        return SimulatorResponse.json(
                200,
                answer.put("after_cursor", Base64.getEncoder().encodeToString(HmacSigner.utf8(next.toString())))
                        .put("end_of_stream", page.size() == changed.size()));
    }

    private static Instant start(UrlEncoded query, Instant now) throws ApiRefusal {
        if (query.has("cursor")) {
            try {
                return Instant.parse(new String(
                        Base64.getDecoder().decode(query.get("cursor")), java.nio.charset.StandardCharsets.UTF_8));
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                throw new ApiRefusal(400, ZendeskJson.error("InvalidPaginationParameter", "Invalid cursor"));
            }
        }
        String start = query.get("start_time");
        if (!start.matches("\\d{1,11}")) {
            throw new ApiRefusal(400, ZendeskJson.error("MissingParameter", "Required parameter start_time missing"));
        }
        Instant since = Instant.ofEpochSecond(Long.parseLong(start));
        if (since.isAfter(now.minus(TOO_RECENT))) {
            throw new ApiRefusal(
                    422,
                    ZendeskJson.error("InvalidValue", "Too recent start_time. Use a start_time older than 60 seconds"));
        }
        return since;
    }
}
