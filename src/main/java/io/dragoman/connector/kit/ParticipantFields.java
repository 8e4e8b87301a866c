// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The people whom a message names beside the customer: {@code [{"name": "Bob", "address": "bob@…"}, "eve@…"]}. */
public final class ParticipantFields {
    private static final int MOST = 100;
    private static final int LONGEST_ADDRESS = 320;
    private static final int LONGEST_NAME = 200;

    private ParticipantFields() {}

    /** Reads a list, at most 100; empty when it is absent. */
    public static Optional<List<Participant>> find(JsonFields message, String name) throws MalformedPayload {
        if (!message.has(name)) {
            return Optional.empty();
        }
        JsonNode list = message.node().path(name);
        if (!list.isArray() || list.size() > MOST) {
            throw new MalformedPayload(message.at(name) + " must be an array of at most " + MOST + " participants");
        }
        List<Participant> people = new ArrayList<>();
        for (JsonNode one : list) {
            people.add(participant(one, message.at(name) + "[" + people.size() + "]"));
        }
        return Optional.of(people);
    }

    private static Participant participant(JsonNode one, String path) throws MalformedPayload {
        JsonNode address = one.isTextual() ? one : one.path("address");
        String text = address.isTextual() ? address.textValue().strip() : "";
        if (text.isEmpty() || text.length() > LONGEST_ADDRESS || text.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw new MalformedPayload(path + " must be an address or {\"name\", \"address\"}, of 1 to "
                    + LONGEST_ADDRESS + " characters without spaces");
        }
        return new Participant(name(one.path("name")), JsonFields.clean(text));
    }

    private static @Nullable String name(JsonNode name) {
        String text = name.isTextual() ? SafeText.line(name.textValue(), LONGEST_NAME) : "";
        return text.isEmpty() ? null : text;
    }
}
