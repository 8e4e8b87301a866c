// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskCustomerBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes and changes users by what the API was sent. */
final class ZammadUsers {
    private ZammadUsers() {}

    static HelpdeskCustomer of(String email, JsonNode attributes) {
        Map<String, String> extra = new HashMap<>();
        for (String name : List.of("firstname", "lastname", "mobile", "note")) {
            extra.put(name, attributes.path(name).asText());
        }
        String name = (extra.get("firstname") + " " + extra.get("lastname")).strip();
        return HelpdeskCustomerBuilder.builder(HelpdeskCustomer.of(
                        name, email, attributes.path("phone").asText(), ""))
                .extra(extra)
                .build();
    }

    /** Whom a new ticket is for, made where it says so. */
    static HelpdeskCustomer named(Tickets tickets, JsonNode body) throws ZammadRefusal {
        String id = body.path("customer_id").asText();
        if (id.startsWith("guess:")) {
            return byEmail(tickets, id.substring("guess:".length()), JsonNodeFactory.instance.objectNode());
        }
        JsonNode customer = body.path("customer");
        if (customer.isObject()) {
            return byEmail(tickets, customer.path("email").asText(), customer);
        }
        String name = customer.asText(id);
        return tickets.customer(user -> user.id().equals(name) || user.email().equals(name.toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new ZammadRefusal(422, "No lookup value found for 'customer': \"" + name + "\""));
    }

    private static HelpdeskCustomer byEmail(Tickets tickets, String address, JsonNode attributes) throws ZammadRefusal {
        String email = address.toLowerCase(Locale.ROOT);
        if (!email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            throw new ZammadRefusal(422, "Invalid email '" + address + "' of customer");
        }
        return tickets.customer(user -> user.email().equals(email)).orElseGet(() -> tickets.add(of(email, attributes)));
    }

    static HelpdeskCustomer change(Tickets tickets, String id, JsonNode attributes) {
        return tickets.changeCustomer(id, changed -> {
            Map<String, String> extra = new HashMap<>(changed.extra());
            for (String name : List.of("firstname", "lastname", "mobile", "note")) {
                extra.computeIfPresent(name, (key, old) -> attributes.path(key).asText(old));
            }
            changed.extra(extra)
                    .email(attributes.path("email").asText(changed.email()))
                    .phone(attributes.path("phone").asText(changed.phone()))
                    .name((extra.get("firstname") + " " + extra.get("lastname")).strip());
        });
    }
}
