// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpscout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Customers, who are known by any of their addresses. */
final class HelpScoutCustomers {
    private static final Pattern BY_EMAIL = Pattern.compile("\\(?email:\"?([^\")]+)\"?\\)?");

    private final Tickets tickets;
    private final HelpScoutViews views;
    private final Clock clock;
    private volatile Duration lag = Duration.ZERO;

    HelpScoutCustomers(Tickets tickets, HelpScoutViews views, Clock clock) {
        this.tickets = tickets;
        this.clock = clock;
        this.views = views;
    }

    void lag(Duration searchLag) {
        lag = searchLag;
    }

    void serve(ApiRoutes routes) {
        routes.on("GET", "/v2/customers", this::list)
                .on("POST", "/v2/customers", this::create)
                .on("GET", "/v2/customers/{id}", this::show)
                .on("POST", "/v2/customers/{id}/emails", this::addEmail);
    }

    static List<String> emails(HelpdeskCustomer customer) {
        List<String> all = new ArrayList<>();
        if (!customer.email().isEmpty()) {
            all.add(customer.email());
        }
        all.addAll(List.of(customer.extra("emails").split(" ")));
        all.removeIf(String::isEmpty);
        return all;
    }

    Optional<HelpdeskCustomer> byEmail(String email) {
        return tickets.customer(customer -> emails(customer).stream().anyMatch(have -> have.equalsIgnoreCase(email)));
    }

    /** Whom a request names by id or address; a new address is a new customer. Empty when it names nobody. */
    Optional<HelpdeskCustomer> named(JsonNode json) {
        String email = json.path("email").asText("");
        Optional<HelpdeskCustomer> there =
                tickets.customer(json.path("id").asText("")).or(() -> byEmail(email));
        if (there.isPresent() || email.isEmpty()) {
            return there;
        }
        String name =
                (json.path("firstName").asText("") + " " + json.path("lastName").asText("")).strip();
        return Optional.of(
                tickets.add(HelpdeskCustomer.of(name, email, json.path("phone").asText(""), "")));
    }

    private SimulatorResponse list(ApiCall call) {
        Matcher email = BY_EMAIL.matcher(call.query().get("query"));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode customers = page.putObject("_embedded").putArray("customers");
        if (email.matches()) {
            Instant indexed = clock.instant().minus(lag);
            byEmail(email.group(1))
                    .filter(customer -> !customer.created().isAfter(indexed))
                    .ifPresent(customer -> customers.add(views.customer(customer)));
        }
        page.putObject("page")
                .put("size", 50)
                .put("totalElements", customers.size())
                .put("number", 1);
        return SimulatorResponse.json(200, page);
    }

    private SimulatorResponse show(ApiCall call) {
        return tickets.customer(call.step("id"))
                .map(customer -> SimulatorResponse.json(200, views.customer(customer)))
                .orElseGet(HelpScoutViews::notFound);
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode json = call.json();
        String email = json.at("/emails/0/value").asText("");
        if (!email.isEmpty() && byEmail(email).isPresent()) {
            return HelpScoutViews.error(409, "Conflict: the email address belongs to another customer");
        }
        String name =
                (json.path("firstName").asText("") + " " + json.path("lastName").asText("")).strip();
        HelpdeskCustomer added = tickets.add(
                HelpdeskCustomer.of(name, email, json.at("/phones/0/value").asText(""), ""));
        return HelpScoutViews.created(added.id());
    }

    private SimulatorResponse addEmail(ApiCall call) throws IOException {
        String email = call.json().path("value").asText("");
        if (tickets.customer(call.step("id")).isEmpty()) {
            return HelpScoutViews.notFound();
        }
        if (email.isEmpty()) {
            return HelpScoutViews.invalid("value", "may not be empty");
        }
        if (byEmail(email).isPresent()) {
            return HelpScoutViews.error(409, "Conflict: the email address belongs to another customer");
        }
        tickets.changeCustomer(
                call.step("id"),
                customer -> customer.extra(
                        Map.of("emails", (customer.extra().getOrDefault("emails", "") + " " + email).strip())));
        return HelpScoutViews.created(String.valueOf(Math.floorMod(email.hashCode(), 1_000_000)));
    }
}
