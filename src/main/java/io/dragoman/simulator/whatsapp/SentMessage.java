// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A message sent by the business, checked as the Cloud API does. */
record SentMessage(JsonNode body) {
    private static final Set<String> MEDIA = Set.of("image", "video", "audio", "document", "sticker");

    /** Who gets it: a phone number with a plus, a user id, or a group's id. */
    String customer() {
        String to = body.path("to").asText();
        if (to.isEmpty()) {
            return body.path("recipient").asText();
        }
        return to.matches("\\d+") ? "+" + to : to;
    }

    boolean isTemplate() {
        return type().equals("template");
    }

    private String type() {
        return body.path("type").asText();
    }

    /** What is wrong with it; null for nothing. */
    @Nullable
    String problem(Set<String> mediaIds) {
        JsonNode content = body.path(type());
        if (!body.path("messaging_product").asText().equals("whatsapp")) {
            return "messaging_product must be whatsapp";
        }
        boolean group = body.path("recipient_type").asText().equals("group");
        if (!group && !customer().matches("\\+\\d{5,15}|[A-Z]{2}\\.[A-Za-z0-9.]{1,132}")) {
            return "to is not a phone number and recipient not a user id";
        }
        if (!body.path("to").isMissingNode() && customer().matches("[A-Z]{2}\\..*")) {
            return "a user id goes in recipient";
        }
        if (!content.isObject() && !content.isArray()) {
            return type() + " is missing";
        }
        if (MEDIA.contains(type())) {
            return mediaProblem(content, mediaIds);
        }
        return switch (type()) {
            case "text" -> length(content.path("body"), 1, 4096, "text.body");
            case "interactive" -> interactiveProblem(content);
            case "template" ->
                content.path("language").path("code").asText().isEmpty() ? "language.code is missing" : null;
            case "location" -> content.path("latitude").isNumber() ? null : "location.latitude is missing";
            case "contacts" -> content.path(0).path("name").has("formatted_name") ? null : "contacts.name is missing";
            default -> "type " + type() + " is unknown";
        };
    }

    private @Nullable String mediaProblem(JsonNode content, Set<String> mediaIds) {
        boolean captioned = !Set.of("audio", "sticker").contains(type());
        if (content.has("caption") && !captioned) {
            return "caption is not allowed here";
        }
        if (content.path("caption").asText().length() > 1024) {
            return "caption is too long";
        }
        boolean known = mediaIds.contains(content.path("id").asText());
        boolean linked = content.path("link").asText().matches("https?://.+");
        return known ^ linked ? null : "either a known id or a link is required";
    }

    private static @Nullable String interactiveProblem(JsonNode content) {
        List<@Nullable String> problems = new ArrayList<>();
        problems.add(length(content.path("body").path("text"), 1, 1024, "interactive.body.text"));
        JsonNode action = content.path("action");
        if (content.path("type").asText().equals("button")) {
            JsonNode buttons = action.path("buttons");
            problems.add(buttons.isEmpty() || buttons.size() > 3 ? "1 to 3 buttons are allowed" : null);
            for (JsonNode button : buttons) {
                problems.add(length(button.path("reply").path("title"), 1, 20, "button title"));
                problems.add(length(button.path("reply").path("id"), 1, 256, "button id"));
            }
        } else {
            JsonNode rows = action.path("sections").path(0).path("rows");
            problems.add(length(action.path("button"), 1, 20, "action.button"));
            problems.add(rows.isEmpty() || rows.size() > 10 ? "1 to 10 rows are allowed" : null);
            for (JsonNode row : rows) {
                problems.add(length(row.path("title"), 1, 24, "row title"));
                problems.add(length(row.path("id"), 1, 200, "row id"));
                problems.add(row.path("description").asText().length() > 72 ? "row description is too long" : null);
            }
        }
        return problems.stream().filter(problem -> problem != null).findFirst().orElse(null);
    }

    private static @Nullable String length(JsonNode value, int least, int most, String name) {
        int length = value.asText().length();
        return value.isTextual() && length >= least && length <= most
                ? null
                : name + " must have " + least + " to " + most + " characters";
    }

    /** What the customer sees. */
    String shown() {
        JsonNode content = body.path(type());
        return switch (type()) {
            case "text" -> content.path("body").asText();
            case "interactive" ->
                content.path("body").path("text").asText() + " " + titles(content.findValues("title"));
            case "template" ->
                "[template] " + content.path("name").asText() + " "
                        + titles(content.path("components").findValues("text"));
            case "location" ->
                "[location] " + content.path("latitude").asText() + ","
                        + content.path("longitude").asText();
            case "contacts" -> "[contacts] " + titles(content.findValues("formatted_name"));
            default -> ("[" + type() + "] " + content.path("caption").asText()).strip();
        };
    }

    private static String titles(List<JsonNode> titles) {
        return StreamSupport.stream(titles.spliterator(), false)
                .map(title -> "[" + title.asText() + "]")
                .collect(Collectors.joining(" "));
    }
}
