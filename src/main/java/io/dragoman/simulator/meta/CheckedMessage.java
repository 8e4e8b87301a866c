// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A message sent by the business, checked as the Send API does. */
record CheckedMessage(JsonNode body) {
    private static final Set<String> MEDIA = Set.of("image", "video", "audio", "file");

    JsonNode message() {
        return body.path("message");
    }

    private JsonNode attachment() {
        return message().path("attachment");
    }

    private JsonNode payload() {
        return attachment().path("payload");
    }

    boolean isTemplate() {
        return message().path("template").isObject();
    }

    boolean isTagged() {
        return body.path("messaging_type").asText().equals("MESSAGE_TAG")
                && body.path("tag").asText().equals("HUMAN_AGENT");
    }

    /** What is wrong with it; null for nothing. */
    @Nullable
    String problem(Set<String> uploads, int longestText) {
        return Stream.of(type(), content(uploads, longestText), replies())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String type() {
        return switch (body.path("messaging_type").asText()) {
            case "RESPONSE", "UPDATE" -> null;
            case "MESSAGE_TAG" -> isTagged() ? null : "the tag is not one of the tags allowed";
            case "UTILITY" -> isTemplate() ? null : "a utility message needs a template";
            default -> body.path("recipient").has("comment_id") ? null : "messaging_type is missing";
        };
    }

    private @Nullable String content(Set<String> uploads, int longestText) {
        long contents = Stream.of("text", "attachment", "template")
                .filter(message()::has)
                .count();
        if (contents != 1) {
            return "exactly one of text, attachment and template is required";
        }
        if (message().has("text")) {
            return length(message().path("text"), longestText, "text");
        } else if (message().has("template")) {
            return message().at("/template/language/code").asText().isEmpty() ? "language.code is missing" : null;
        }
        String type = attachment().path("type").asText();
        if (type.equals("template")) {
            return template();
        }
        boolean known = uploads.contains(payload().path("attachment_id").asText());
        boolean linked = payload().path("url").asText().matches("https?://.+");
        return MEDIA.contains(type) && (known ^ linked) ? null : "an attachment needs a type and an id or an address";
    }

    private @Nullable String template() {
        if (payload().path("template_type").asText().equals("button")) {
            String text = length(payload().path("text"), 640, "text");
            return text == null ? buttons(payload().path("buttons"), 1) : text;
        }
        if (payload().path("template_type").asText().equals("notification_messages")) {
            boolean title = payload().path("title").asText().length() <= 65;
            return title ? length(payload().path("payload"), 1000, "payload") : "title is longer than 65 characters";
        }
        JsonNode elements = payload().path("elements");
        if (elements.isEmpty() || elements.size() > 10) {
            return "1 to 10 elements are allowed";
        }
        for (JsonNode element : elements) {
            boolean more = element.has("subtitle") || element.has("image_url") || element.has("buttons");
            String problem = Stream.of(
                            length(element.path("title"), 80, "title"),
                            more ? null : "an element needs more than its title",
                            element.path("subtitle").asText().length() > 80 ? "subtitle is too long" : null,
                            buttons(element.path("buttons"), 0))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String buttons(JsonNode buttons, int least) {
        if (buttons.size() < least || buttons.size() > 3) {
            return least + " to 3 buttons are allowed";
        }
        for (JsonNode button : buttons) {
            boolean web = button.path("type").asText().equals("web_url");
            if (length(button.path("title"), 20, "button") != null
                    || button.path(web ? "url" : "payload").asText().isEmpty()) {
                return "a button needs a title of 20 characters and what it does";
            }
        }
        return null;
    }

    private @Nullable String replies() {
        JsonNode replies = message().path("quick_replies");
        if (message().has("quick_replies") && (replies.isEmpty() || replies.size() > 13)) {
            return "1 to 13 quick replies are allowed";
        }
        for (JsonNode reply : replies) {
            String title = length(reply.path("title"), 20, "quick reply");
            if (title != null || length(reply.path("payload"), 1000, "payload") != null) {
                return "a quick reply needs a title of 20 characters and a payload";
            }
        }
        return null;
    }

    private static @Nullable String length(JsonNode value, int most, String name) {
        // in bytes where the limit is Instagram's
        int length = most == 1000 && name.equals("text")
                ? value.asText().getBytes(StandardCharsets.UTF_8).length
                : value.asText().length();
        return value.isTextual() && length >= 1 && length <= most
                ? null
                : name + " must have 1 to " + most + " characters";
    }

    /** What the customer sees. */
    String shown() {
        if (message().has("text")) {
            return (message().path("text").asText() + " " + all(message().path("quick_replies"), "title")).strip();
        } else if (isTemplate()) {
            return "[template] " + message().at("/template/name").asText() + " "
                    + all(message().at("/template/components/0/parameters"), "text");
        } else if (payload().path("template_type").asText().equals("button")) {
            return payload().path("text").asText() + " " + all(payload().path("buttons"), "title");
        } else if (attachment().path("type").asText().equals("template")) {
            return "[" + payload().path("template_type").asText() + "] "
                    + String.join(
                            " ",
                            payload().findValues("title").stream()
                                    .map(JsonNode::asText)
                                    .toList())
                    + payload().path("text").asText();
        }
        return "[" + attachment().path("type").asText() + "]";
    }

    private static String all(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> "[" + one.path(name).asText() + "]")
                .collect(Collectors.joining(" "));
    }

    static List<String> kinds() {
        return List.copyOf(MEDIA);
    }
}
