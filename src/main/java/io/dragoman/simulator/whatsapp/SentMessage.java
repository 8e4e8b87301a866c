// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
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
            case "interactive" ->
                group ? "a group takes no interactive message" : new SentInteractive(content).problem(mediaIds);
            case "template" -> new SentTemplate(content).problem(mediaIds);
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
        return fileProblem(content, mediaIds);
    }

    static @Nullable String fileProblem(JsonNode content, Set<String> mediaIds) {
        boolean known = mediaIds.contains(content.path("id").asText());
        boolean linked = content.path("link").asText().matches("https?://.+");
        return known ^ linked ? null : "either a known id or a link is required";
    }

    static @Nullable String length(JsonNode value, int least, int most, String name) {
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
            case "interactive" -> new SentInteractive(content).shown();
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

    static String titles(List<JsonNode> titles) {
        return StreamSupport.stream(titles.spliterator(), false)
                .map(title -> "[" + title.asText() + "]")
                .collect(Collectors.joining(" "));
    }
}
