// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the values of an approved template have in common on Meta's channels: their limits, and how their texts are said.
 * Meta refuses the others itself, with 132018 or 100: https://developers.facebook.com/docs/whatsapp/api/messages/message-templates
 */
public final class ApprovedTemplate {
    private static final int LONGEST_HEADER = 60;
    private static final int LONGEST_PARAMETER = 1024;
    private static final Pattern REFUSED = Pattern.compile("[\\n\\r\\t]| {5}");

    private final Part.Template template;

    public ApprovedTemplate(Part.Template template) {
        this.template = template;
    }

    /** Why a text in it would be refused, with what to do. */
    public Optional<String> problem() {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < template.parameters().size(); i++) {
            check("parameter " + (i + 1), template.parameters().get(i), LONGEST_PARAMETER)
                    .ifPresent(problems::add);
        }
        if (template.header() instanceof Part.Text text) {
            check("the header's text", text.text(), LONGEST_HEADER).ifPresent(problems::add);
        }
        return problems.stream().findFirst();
    }

    private static Optional<String> check(String what, String value, int longest) {
        if (value.isBlank()) {
            return Optional.of("template: " + what + " is blank: give it a text");
        } else if (value.length() > longest) {
            return Optional.of(
                    "template: " + what + " has " + value.length() + " characters, " + longest + " are allowed");
        }
        return REFUSED.matcher(value).find()
                ? Optional.of("template: " + what + " has a line break, a tab or five spaces in a row: leave them out")
                : Optional.empty();
    }

    /** Adds name, language and the texts of body and header; gives the components, to add others. */
    public ArrayNode put(ObjectNode node) {
        node.put("name", template.name());
        node.putObject("language").put("code", template.language());
        ArrayNode components = node.arrayNode();
        if (template.header() instanceof Part.Text text) {
            text(component(components, "header"), text.text());
        }
        if (!template.parameters().isEmpty()) {
            ArrayNode parameters = component(components, "body");
            template.parameters().forEach(value -> text(parameters, value));
        }
        return components;
    }

    /** A component's parameters. */
    public static ArrayNode component(ArrayNode components, String type) {
        return components.addObject().put("type", type).putArray("parameters");
    }

    /** Adds a parameter that is a text. */
    public static void text(ArrayNode parameters, String value) {
        parameters.addObject().put("type", "text").put("text", value);
    }
}
