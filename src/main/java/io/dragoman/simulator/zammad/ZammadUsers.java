// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskCustomerBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.util.HashMap;
import java.util.List;
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
