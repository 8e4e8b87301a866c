// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wrote, as the API and every desk that speaks our own JSON say it: one reader for all of them.
 *
 * @param parts at least one
 * @param author the agent's name; null for none
 * @param replyTo our id of the message that it answers; null for none
 * @param cc who gets a copy; null leaves it to the conversation
 */
public record AgentMessage(
        List<Part> parts,
        @Nullable String author,
        @Nullable String replyTo,
        @Nullable List<Participant> cc) {
    private static final int LONGEST_NAME = 200;
    private static final PartTable TABLE = new PartTable(
            "agents",
            List.of(
                    "text",
                    "media",
                    "location",
                    "location-request",
                    "contact",
                    "choices",
                    "template",
                    "card",
                    "carousel"));

    public AgentMessage {
        parts = List.copyOf(parts);
        cc = cc == null ? null : List.copyOf(cc);
    }

    /**
     * Reads {@code {"text" or "parts", "replyTo", "cc"}}.
     *
     * @param beside the object that has {@code author}; the API's is the message itself
     */
    public static AgentMessage read(JsonFields message, JsonFields beside) throws MalformedPayload {
        Optional<JsonFields> author = beside.findObject("author");
        return new AgentMessage(
                parts(message),
                author.isPresent() ? name(author.get()) : null,
                message.findText("replyTo").filter(id -> !id.isBlank()).orElse(null),
                ParticipantFields.find(message, "cc").orElse(null));
    }

    /** Reads {@code text}, or {@code parts} of the types that an agent can send: at least one. */
    public static List<Part> parts(JsonFields message) throws MalformedPayload {
        if (message.has("text") && message.has("parts")) {
            throw new MalformedPayload(
                    message.at("text") + " or " + message.at("parts") + " must be there, and not both");
        }
        if (message.has("text")) {
            return List.of(new Part.Text(message.text("text")));
        }
        List<Part> parts = TABLE.read(message);
        if (parts.isEmpty()) {
            throw new MalformedPayload(message.at("parts") + " must have at least one part");
        }
        return parts;
    }

    private static @Nullable String name(JsonFields author) throws MalformedPayload {
        String name = author.findText("name").orElse("").strip();
        if (name.length() > LONGEST_NAME) {
            throw new MalformedPayload(author.at("name") + " must have at most " + LONGEST_NAME + " characters");
        }
        return name.isEmpty() ? null : name;
    }

    @Override
    public String toString() {
        return "AgentMessage[" + parts.size() + " parts]";
    }
}
