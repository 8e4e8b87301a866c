// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static io.dragoman.connector.kit.PartFields.READERS;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.PartFields.Reader;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the types of part that somebody may send.
 *
 * @param who sends them, in the plural, to say that they cannot send another
 * @param types the words for the types
 */
public record PartTable(String who, List<String> types) {
    /** No channel has a message of more pieces. */
    private static final int MOST = 100;

    public PartTable {
        types = List.copyOf(types);
        if (!READERS.keySet().containsAll(types)) {
            throw new IllegalArgumentException("nothing reads some of " + types + ", only " + READERS.keySet());
        }
    }

    /** Reads {@code parts}, at most 100; none when it is absent. */
    public List<Part> read(JsonFields message) throws MalformedPayload {
        List<JsonFields> objects = message.objects("parts");
        if (objects.size() > MOST) {
            throw new MalformedPayload(message.at("parts") + " must have at most " + MOST + " parts");
        }
        List<Part> parts = new ArrayList<>();
        for (JsonFields part : objects) {
            parts.add(part(part));
        }
        return parts;
    }

    private Part part(JsonFields part) throws MalformedPayload {
        String type = part.text("type");
        Reader reader = types.contains(type) ? READERS.get(type) : null;
        if (reader == null) {
            throw new MalformedPayload(part.at("type")
                    + (Part.types().contains(type) ? " is " + type + ", which " + who + " cannot send: it" : "")
                    + " must be one of " + String.join(", ", types));
        }
        return reader.read(part);
    }
}
