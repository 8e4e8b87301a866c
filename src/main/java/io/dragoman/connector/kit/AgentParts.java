// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Part;
import java.util.List;

/** The parts of an agent's message, as a desk or the API sends them. */
public final class AgentParts {
    private static final PartTable TABLE = new PartTable(
            "agents", List.of("text", "media", "location", "contact", "choices", "template", "card", "carousel"));

    private AgentParts() {}

    /** Reads {@code parts}: at least one, of the kinds that an agent can send. */
    public static List<Part> read(JsonFields message) throws MalformedPayload {
        List<Part> parts = TABLE.read(message);
        if (parts.isEmpty()) {
            throw new MalformedPayload(message.at("parts") + " must have at least one part");
        }
        return parts;
    }
}
