// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message with something to tap, checked as the Cloud API does. */
record SentInteractive(JsonNode content) {
    private static final Set<String> MEDIA = Set.of("image", "video", "document");

    /** What is wrong with it; null for nothing. */
    @Nullable
    String problem(Set<String> mediaIds) {
        List<@Nullable String> problems = new ArrayList<>();
        problems.add(SentMessage.length(content.path("body").path("text"), 1, 1024, "interactive.body.text"));
        problems.add(headerProblem(mediaIds));
        JsonNode action = content.path("action");
        switch (type()) {
            case "button" -> buttons(action.path("buttons"), problems);
            case "list" -> list(action, problems);
            case "cta_url" -> link(action, problems);
            case "location_request_message" ->
                problems.add(action.path("name").asText().equals("send_location") ? null : "action.name is unknown");
            default -> problems.add("interactive.type " + type() + " is unknown");
        }
        return problems.stream().filter(problem -> problem != null).findFirst().orElse(null);
    }

    private String type() {
        return content.path("type").asText();
    }

    /** Only buttons and links have room for a file. */
    private @Nullable String headerProblem(Set<String> mediaIds) {
        JsonNode header = content.path("header");
        String type = header.path("type").asText();
        if (header.isMissingNode()) {
            return null;
        } else if (type.equals("text")) {
            return SentMessage.length(header.path("text"), 1, 60, "header.text");
        } else if (!MEDIA.contains(type) || !Set.of("button", "cta_url").contains(type())) {
            return "header.type " + type + " is not allowed here";
        }
        return header.path(type).has("caption")
                ? "a header has no caption"
                : SentMessage.fileProblem(header.path(type), mediaIds);
    }

    private static void buttons(JsonNode buttons, List<@Nullable String> problems) {
        problems.add(buttons.isEmpty() || buttons.size() > 3 ? "1 to 3 buttons are allowed" : null);
        for (JsonNode button : buttons) {
            problems.add(SentMessage.length(button.path("reply").path("title"), 1, 20, "button title"));
            problems.add(SentMessage.length(button.path("reply").path("id"), 1, 256, "button id"));
        }
    }

    private static void list(JsonNode action, List<@Nullable String> problems) {
        JsonNode rows = action.path("sections").path(0).path("rows");
        problems.add(SentMessage.length(action.path("button"), 1, 20, "action.button"));
        problems.add(rows.isEmpty() || rows.size() > 10 ? "1 to 10 rows are allowed" : null);
        for (JsonNode row : rows) {
            problems.add(SentMessage.length(row.path("title"), 1, 24, "row title"));
            problems.add(SentMessage.length(row.path("id"), 1, 200, "row id"));
            problems.add(row.path("description").asText().length() > 72 ? "row description is too long" : null);
        }
    }

    private static void link(JsonNode action, List<@Nullable String> problems) {
        JsonNode parameters = action.path("parameters");
        problems.add(action.path("name").asText().equals("cta_url") ? null : "action.name must be cta_url");
        problems.add(SentMessage.length(parameters.path("display_text"), 1, 20, "display_text"));
        problems.add(
                parameters.path("url").asText().matches("https?://.+") ? null : "parameters.url is not an address");
    }

    /** What the customer sees. */
    String shown() {
        JsonNode parameters = content.path("action").path("parameters");
        String header = content.path("header").path("type").asText();
        String link = parameters.isMissingNode()
                ? ""
                : "[" + parameters.path("display_text").asText() + "]("
                        + parameters.path("url").asText() + ")";
        String location = type().equals("location_request_message") ? "[send location]" : "";
        return (header.isEmpty() ? "" : "[" + header + "] ")
                + content.path("body").path("text").asText()
                + " "
                + link
                + location
                + SentMessage.titles(content.path("action").findValues("title"));
    }
}
