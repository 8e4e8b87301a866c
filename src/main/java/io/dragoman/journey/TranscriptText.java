// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.LocationRequest;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Structured;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was said in a conversation, as plain text. */
final class TranscriptText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** In characters; then only the end of it is shown. */
    private static final int LONGEST = 200_000;

    private TranscriptText() {}

    /**
     * Message by message, each below its time and author.
     *
     * @param business who an agent or a rule without a name is
     * @param customer who the customer without a name is
     */
    static String of(List<Message> messages, String business, String customer) {
        String text = messages.stream()
                .map(message -> shown(message, business, customer))
                .filter(shown -> !shown.isEmpty())
                .collect(Collectors.joining("\n\n"));
        return text.length() <= LONGEST ? text : "…" + text.substring(text.length() - LONGEST);
    }

    private static String shown(Message message, String business, String customer) {
        String parts = message.parts().stream()
                .map(TranscriptText::shown)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
        return parts.isEmpty()
                ? ""
                : TIME.format(message.sentAt()) + " UTC, " + who(message, business, customer) + ":\n" + parts;
    }

    private static String who(Message message, String business, String customer) {
        String name = message.author().name();
        return switch (message.author().kind()) {
            case CONTACT -> name == null ? customer : name;
            case AGENT -> name == null ? business : name;
            default -> business;
        };
    }

    /** Nothing for what only agents see, such as what the form asked. */
    private static String shown(Part part) {
        if (part instanceof Part.Text text) {
            return text.text();
        } else if (part instanceof Part.Choices choices) {
            return choices.text()
                    + choices.choices().stream()
                            .map(one -> "\n- " + one.title())
                            .collect(Collectors.joining());
        } else if (part instanceof LocationRequest request) {
            return request.text();
        } else if (part instanceof Part.ChoiceMade made) {
            return made.title();
        } else if (part instanceof Part.Media media) {
            return "[" + (media.fileName() == null ? media.mimeType() : media.fileName()) + "]";
        }
        return part instanceof Structured ? "" : "[" + part.type() + "]";
    }
}
