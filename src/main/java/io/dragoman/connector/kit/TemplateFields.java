// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Part;
import io.dragoman.model.TemplateButton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of an approved template in JSON from outside. */
final class TemplateFields {
    private static final Set<String> HEADERS = Set.of("text", "media");

    private TemplateFields() {}

    static Part read(JsonFields part) throws MalformedPayload {
        Optional<JsonFields> header = part.findObject("header");
        return new Part.Template(
                part.text("name"),
                part.text("language"),
                part.texts("parameters"),
                header.isPresent() ? header(header.get()) : null,
                buttons(part));
    }

    private static Part header(JsonFields header) throws MalformedPayload {
        String type = header.text("type");
        PartFields.Shape shape = HEADERS.contains(type) ? PartFields.SHAPES.get(type) : null;
        if (shape == null) {
            throw new MalformedPayload(header.at("type") + " must be text or media");
        }
        return shape.read(header);
    }

    private static List<TemplateButton> buttons(JsonFields part) throws MalformedPayload {
        List<TemplateButton> buttons = new ArrayList<>();
        Set<Integer> places = new HashSet<>();
        for (JsonFields button : part.objects("buttons")) {
            button.allow(List.of("index", "url", "payload"));
            TemplateButton one = button(button);
            if (!places.add(one.index())) {
                throw new MalformedPayload(button.at("index") + " is another button's too");
            }
            buttons.add(one);
        }
        return buttons;
    }

    private static TemplateButton button(JsonFields button) throws MalformedPayload {
        long index = button.findNumber("index").orElse(-1L);
        if (index < 0 || index > 99) {
            throw new MalformedPayload(button.at("index") + " must be the button's place in the template, from 0");
        }
        Optional<String> url = button.findText("url").filter(text -> !text.isBlank());
        Optional<String> payload = button.findText("payload").filter(text -> !text.isBlank());
        if (url.isPresent() == payload.isPresent()) {
            throw new MalformedPayload(
                    button.at("url") + " or " + button.at("payload") + " must be there, and not both");
        }
        return new TemplateButton((int) index, url.orElse(null), payload.orElse(null));
    }
}
