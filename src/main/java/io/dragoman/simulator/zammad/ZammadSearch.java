// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.Tickets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists and searches as Zammad does with Elasticsearch: terms that are all to fit, {@code field:value} among them. */
final class ZammadSearch {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern TERM =
            Pattern.compile("([\\w.]+):(>=|>|\\[)?(?:\"([^\"]*)\"|([^\\s\"]+))(?: TO \\*])?");

    private final Tickets tickets;
    private final ZammadJson json;

    ZammadSearch(Tickets tickets, ZammadJson json) {
        this.tickets = tickets;
        this.json = json;
    }

    SimulatorResponse list(ApiCall call) {
        return page(present(), call.query(), 100, json::ticket);
    }

    /** With {@code expand=true} the tickets; else their ids with assets. */
    SimulatorResponse tickets(ApiCall call) {
        UrlEncoded query = call.query();
        Comparator<Ticket> order = query.get("sort_by").equals("updated_at")
                ? Comparator.comparing(Ticket::updated)
                : Comparator.comparing(Ticket::created);
        List<Ticket> found = present().stream()
                .filter(terms(query.get("query"), this::fits))
                .sorted(query.get("order_by").equals("asc") ? order : order.reversed())
                .toList();
        if (query.get("expand").equals("true")) {
            return page(found, query, 50, json::ticket);
        }
        ObjectNode answer = JSON.objectNode();
        ArrayNode ids = answer.putArray("tickets");
        found.forEach(ticket -> ids.add(Long.parseLong(ticket.id())));
        answer.put("tickets_count", found.size());
        ObjectNode assets = answer.putObject("assets").putObject("Ticket");
        found.forEach(ticket -> assets.set(ticket.id(), json.ticket(ticket)));
        return SimulatorResponse.json(200, answer);
    }

    SimulatorResponse users(ApiCall call) {
        List<HelpdeskCustomer> found = tickets.customers().stream()
                .filter(terms(call.query().get("query"), ZammadSearch::fits))
                .toList();
        return page(found, call.query(), 50, json::user);
    }

    private List<Ticket> present() {
        return tickets.all().stream().filter(ticket -> !ticket.deleted()).toList();
    }

    private static <T> SimulatorResponse page(List<T> all, UrlEncoded query, int usual, Function<T, ObjectNode> shown) {
        int size = Math.min(200, number(query.get("per_page"), usual));
        ArrayNode page = JSON.arrayNode();
        all.stream()
                .skip((long) size * (number(query.get("page"), 1) - 1))
                .limit(size)
                .forEach(one -> page.add(shown.apply(one)));
        return SimulatorResponse.json(200, page);
    }

    private static int number(String text, int otherwise) {
        return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : otherwise;
    }

    /** One {@code field:value}; the field is empty where it is any. */
    private record Term(String field, String operator, String value) {}

    private static <T> Predicate<T> terms(String query, java.util.function.BiPredicate<Term, T> fits) {
        Predicate<T> all = one -> true;
        Matcher terms = TERM.matcher(query);
        StringBuilder rest = new StringBuilder();
        while (terms.find()) {
            String value = terms.group(3) == null ? terms.group(4) : terms.group(3);
            String operator = terms.group(2) == null ? "" : terms.group(2);
            Term term = new Term(terms.group(1), operator, value);
            all = all.and(one -> fits.test(term, one));
            terms.appendReplacement(rest, "");
        }
        terms.appendTail(rest);
        String words = rest.toString().replace(" AND ", " ").strip();
        Term any = new Term("", "", words);
        return words.isEmpty() ? all : all.and(one -> fits.test(any, one));
    }

    private boolean fits(Term term, Ticket ticket) {
        return switch (term.field()) {
            case "title", "" -> contains(ticket.subject(), term.value());
            case "customer_id" -> ticket.customer().equals(term.value());
            case "number" -> ("1" + ticket.id()).equals(term.value());
            case "note" -> contains(ticket.extra("note"), term.value());
            case "tags" -> ticket.tags().contains(term.value());
            case "state.name" -> ticket.status().equals(term.value());
            case "customer.email", "customer.login" ->
                tickets.customer(ticket.customer()).stream()
                        .anyMatch(customer -> customer.email().equals(term.value()));
            case "updated_at" -> after(ticket.updated(), term);
            case "created_at" -> after(ticket.created(), term);
            default -> false;
        };
    }

    private static boolean fits(Term term, HelpdeskCustomer customer) {
        return switch (term.field()) {
            case "email", "login" -> customer.email().equals(term.value().toLowerCase(Locale.ROOT));
            case "phone" -> customer.phone().equals(term.value());
            case "mobile" -> customer.extra("mobile").equals(term.value());
            case "" ->
                contains(customer.email(), term.value())
                        || contains(customer.name(), term.value())
                        || contains(customer.phone(), term.value())
                        || contains(customer.extra("mobile"), term.value());
            default -> false;
        };
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static boolean after(Instant time, Term term) {
        try {
            Instant bound = Instant.parse(term.value());
            return time.isAfter(bound) || (!term.operator().equals(">") && time.equals(bound));
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
