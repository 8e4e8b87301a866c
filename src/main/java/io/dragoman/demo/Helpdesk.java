// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the desk has been sent. */
final class Helpdesk {
    private final DeskSimulator desk;

    Helpdesk(DeskSimulator desk) {
        this.desk = desk;
    }

    /** How many messages with this text it has. */
    long count(String text) {
        return received().stream().filter(note -> note.text().equals(text)).count();
    }

    /** The notice of a customer's message. */
    Optional<Note> message(String text) {
        return received().stream().filter(note -> note.text().equals(text)).findFirst();
    }

    /** The conversation of a customer's message; empty when the desk does not have it. */
    String conversation(String text) {
        return message(text).map(Note::conversation).orElse("");
    }

    /** Customers' messages of a conversation, with what is not text in brackets. */
    List<String> conversationTexts(String conversation) {
        return received().stream()
                .filter(note -> note.conversation().equals(conversation))
                .map(Helpdesk::shown)
                .toList();
    }

    /** A field of the first delivery notice of this conversation with this status; empty when there is none. */
    String delivery(String conversation, String status, String field) {
        return desk.notes().stream()
                .filter(note -> note.type().equals("delivery.updated")
                        && note.conversation().equals(conversation))
                .map(note -> note.json().at("/data/message"))
                .filter(message -> message.path("status").asText().equals(status))
                .map(message -> message.path(field).asText())
                .findFirst()
                .orElse("");
    }

    /** The first part of a kind in a conversation. */
    JsonNode part(String conversation, String type) {
        Predicate<JsonNode> matching = part -> part.path("type").asText().equals(type);
        for (Note note : received()) {
            if (note.conversation().equals(conversation)) {
                for (JsonNode part : note.json().at("/data/message/parts")) {
                    if (matching.test(part)) {
                        return part;
                    }
                }
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private List<Note> received() {
        return desk.notes().stream()
                .filter(note -> note.type().equals("message.received"))
                .toList();
    }

    private static String shown(Note note) {
        StringBuilder shown = new StringBuilder();
        for (JsonNode part : note.json().at("/data/message/parts")) {
            String type = part.path("type").asText();
            shown.append(
                    switch (type) {
                        case "text" -> part.path("text").asText();
                        case "choice" -> "[" + part.path("title").asText() + "]";
                        case "media" -> "[" + part.path("media").asText() + "]";
                        default -> "[" + type + "]";
                    });
        }
        return shown.toString();
    }
}
