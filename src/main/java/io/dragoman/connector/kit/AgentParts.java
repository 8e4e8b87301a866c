// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Words;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of an agent's message, as a desk or the API sends them. */
public final class AgentParts {
    /** No channel has a message of more pieces. */
    private static final int MOST = 100;

    private AgentParts() {}

    /** Reads {@code parts}: at least one, of the kinds that an agent can send. */
    public static List<Part> read(JsonFields message) throws MalformedPayload {
        List<JsonFields> objects = message.objects("parts");
        if (objects.isEmpty()) {
            throw new MalformedPayload(message.at("parts") + " must have at least one part");
        }
        if (objects.size() > MOST) {
            throw new MalformedPayload(message.at("parts") + " must have at most " + MOST + " parts");
        }
        List<Part> parts = new ArrayList<>();
        for (JsonFields part : objects) {
            parts.add(part(part));
        }
        return parts;
    }

    /** Field by field: what an agent cannot send (stored ids, sources, sanitised HTML) is not taken over. */
    private static Part part(JsonFields part) throws MalformedPayload {
        return switch (part.text("type")) {
            case "text" -> new Part.Text(part.text("text"));
            case "media" -> media(part);
            case "location" -> location(part);
            case "contact" ->
                new Part.ContactCard(
                        part.text("name"),
                        part.texts("phones"),
                        part.texts("emails"),
                        nonBlank(part.findText("vcard")).orElse(null));
            case "choices" -> choices(part);
            case "template" -> new Part.Template(part.text("name"), part.text("language"), part.texts("parameters"));
            default ->
                throw new MalformedPayload(
                        part.at("type") + " must be one of text, media, location, contact, choices, template");
        };
    }

    private static Part media(JsonFields part) throws MalformedPayload {
        String url = part.text("url");
        if (!isWeb(url)) {
            throw new MalformedPayload(part.at("url") + " must be an address such as https://desk.example.com/file/17");
        }
        String mimeType = nonBlank(part.findText("mimeType")).orElse("application/octet-stream");
        Optional<String> kind = part.findText("media");
        return new Part.Media(
                kind.isPresent() ? kind(kind.get(), part.at("media")) : MediaKind.of(mimeType),
                mimeType,
                nonBlank(part.findText("fileName")).orElse(null),
                part.findNumber("size").orElse(null),
                null,
                null,
                url);
    }

    private static MediaKind kind(String word, String path) throws MalformedPayload {
        return Words.find(MediaKind.class, word)
                .orElseThrow(() -> new MalformedPayload(
                        path + " must be one of " + String.join(", ", Words.all(MediaKind.class))));
    }

    private static boolean isWeb(String url) {
        try {
            URI uri = URI.create(url);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Part location(JsonFields part) throws MalformedPayload {
        double latitude = part.decimal("latitude");
        double longitude = part.decimal("longitude");
        try {
            return new Part.Location(
                    latitude,
                    longitude,
                    nonBlank(part.findText("name")).orElse(null),
                    nonBlank(part.findText("address")).orElse(null));
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload(part.at("latitude") + ": " + e.getMessage());
        }
    }

    private static Part choices(JsonFields part) throws MalformedPayload {
        List<Part.Choice> choices = new ArrayList<>();
        for (JsonFields choice : part.objects("choices")) {
            choices.add(new Part.Choice(
                    choice.text("id"),
                    choice.text("title"),
                    nonBlank(choice.findText("description")).orElse(null)));
        }
        if (choices.isEmpty()) {
            throw new MalformedPayload(part.at("choices") + " must have at least one choice");
        }
        return new Part.Choices(
                part.text("text"), choices, nonBlank(part.findText("button")).orElse(null));
    }

    private static Optional<String> nonBlank(Optional<String> text) {
        return text.filter(value -> !value.isBlank());
    }
}
