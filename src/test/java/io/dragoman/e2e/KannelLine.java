// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.UrlEncoded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Kannel: one text an address. */
final class KannelLine extends Line {
    private final Simulator simulator;

    KannelLine(World world, SmsProviders providers) {
        super(world, "sms-http");
        simulator = providers.simulators.get("sms-http");
    }

    @Override
    void deliver(ObjectNode... events) {
        for (ObjectNode event : events) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("token", String.valueOf(simulator.settings().get("token")));
            event.properties()
                    .forEach(field -> query.put(field.getKey(), field.getValue().asText()));
            taken(provider.post("/channels/sms-http?" + UrlEncoded.write(query), new byte[0], "text/plain", Map.of()));
        }
    }

    @Override
    ObjectNode message(int customer, int id, String text, Instant at) {
        return object().put("id", "test-" + id)
                .put("from", "+4917000" + customer)
                .put("time", String.valueOf(at.getEpochSecond()))
                .put("coding", "0")
                .put("text", text);
    }
}
