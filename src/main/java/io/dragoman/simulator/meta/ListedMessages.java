// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.meta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every message, as the Conversations API lists it. Thread-safe. */
final class ListedMessages {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Map<String, List<ObjectNode>> byCustomer = new LinkedHashMap<>();

    synchronized void add(String customer, String from, String id, String text, Instant at) {
        ObjectNode message = MetaSimulator.object()
                .put("id", id)
                .put("created_time", TIME.format(at))
                .put("message", text);
        message.putObject("from").put("id", from).put("name", from);
        List<ObjectNode> all = byCustomer.remove(customer);
        List<ObjectNode> messages = all == null ? new ArrayList<>() : all;
        messages.add(message);
        byCustomer.put(customer, messages); // last, as the one that changed last
    }

    /** The conversations, the last changed first, each with its last messages, the newest first. */
    synchronized ObjectNode list(String customer) {
        ObjectNode answer = MetaSimulator.object();
        ArrayNode data = answer.putArray("data");
        List<String> customers = new ArrayList<>(byCustomer.keySet());
        Collections.reverse(customers);
        for (String one : customers) {
            if (customer.isEmpty() || customer.equals(one)) {
                List<ObjectNode> messages = new ArrayList<>(byCustomer.getOrDefault(one, List.of()));
                Collections.reverse(messages);
                ObjectNode conversation = data.addObject().put("id", "t_" + one);
                conversation.set("updated_time", messages.get(0).get("created_time"));
                ArrayNode listed = conversation.putObject("messages").putArray("data");
                messages.stream().limit(20).forEach(listed::add);
            }
        }
        return answer;
    }
}
