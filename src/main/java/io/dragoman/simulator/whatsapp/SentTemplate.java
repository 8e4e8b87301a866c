// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A template message, checked as the Cloud API does; which places a template has it does not know. */
record SentTemplate(JsonNode content) {
    private static final Set<String> MEDIA = Set.of("image", "video", "document");

    @Nullable
    String problem(Set<String> mediaIds) {
        if (content.path("language").path("code").asText().isEmpty()) {
            return "language.code is missing";
        }
        return StreamSupport.stream(content.path("components").spliterator(), false)
                .map(component -> component(component, mediaIds))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String component(JsonNode component, Set<String> mediaIds) {
        JsonNode parameters = component.path("parameters");
        if (parameters.isEmpty()) {
            return "a component without parameters";
        }
        return switch (component.path("type").asText()) {
            case "body" -> each(parameters, 1024);
            case "header" -> header(parameters, mediaIds);
            case "button" -> button(component, parameters.path(0));
            default -> "a component is header, body or button";
        };
    }

    private static @Nullable String each(JsonNode parameters, int longest) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .map(parameter -> text(parameter, longest))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(JsonNode parameter, int longest) {
        String text = parameter.path("text").asText();
        if (!parameter.path("type").asText().equals("text") || text.isBlank() || text.length() > longest) {
            return "a text parameter has 1 to " + longest + " characters";
        }
        return text.matches("(?s).*([\\n\\t]| {5}).*")
                ? "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
                : null;
    }

    private static @Nullable String header(JsonNode parameters, Set<String> mediaIds) {
        JsonNode parameter = parameters.path(0);
        String type = parameter.path("type").asText();
        if (parameters.size() != 1) {
            return "a header has one parameter";
        }
        return MEDIA.contains(type) ? SentMessage.fileProblem(parameter.path(type), mediaIds) : text(parameter, 60);
    }

    private static @Nullable String button(JsonNode component, JsonNode parameter) {
        if (!component.path("index").asText().matches("[0-9]")) {
            return "index of a button must be 0 to 9";
        }
        return switch (component.path("sub_type").asText()) {
            case "url" -> text(parameter, 2000);
            case "quick_reply" ->
                parameter.path("type").asText().equals("payload")
                                && !parameter.path("payload").asText().isEmpty()
                        ? null
                        : "a quick reply takes a payload";
            default -> "sub_type is unknown";
        };
    }
}
