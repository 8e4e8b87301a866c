// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static io.dragoman.connector.kit.PartFields.SHAPES;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.PartFields.Shape;
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
        if (!SHAPES.keySet().containsAll(types)) {
            throw new IllegalArgumentException("nothing reads some of " + types + ", only " + SHAPES.keySet());
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
        Shape shape = types.contains(type) ? SHAPES.get(type) : null;
        if (shape == null) {
            throw new MalformedPayload(part.at("type")
                    + (Part.types().contains(type) ? " is " + type + ", which " + who + " cannot send: it" : "")
                    + " must be one of " + String.join(", ", types));
        }
        return shape.read(part);
    }
}
