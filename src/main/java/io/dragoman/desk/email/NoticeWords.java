// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Limits;
import io.dragoman.connector.kit.MessageHead;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a mail to the helpdesk says. Whatever is not the customer's own words stands in brackets. */
final class NoticeWords {
    /** A helpdesk shows texts of any length whole. */
    private static final Limits WHOLE =
            Limits.text(1_000_000, Limits.Unit.CHARACTERS).build();

    private NoticeWords() {}

    /** Whether there is anything to say: a conversation's state the helpdesk has itself. */
    static boolean isWorthAMail(DeskNotice notice) {
        Message message = notice.data().message();
        return switch (notice.type()) {
            case DELIVERY_UPDATED ->
                (message != null && message.status() == Status.FAILED)
                        || !notice.data().notes().isEmpty();
            case CONVERSATION_UPDATED ->
                notice.data().detail() != null || !notice.data().notes().isEmpty();
            default -> true;
        };
    }

    /** The paragraphs, without the files. */
    static List<String> of(DeskNotice notice) {
        DeskNotice.Data data = notice.data();
        Message message = data.message();
        List<String> paragraphs = new ArrayList<>();
        if (!data.history().isEmpty()) {
            paragraphs.add("[Earlier in this conversation]\n"
                    + data.history().stream().map(NoticeWords::line).collect(Collectors.joining("\n")));
        }
        String mark = mark(notice.type(), message, data.reaction());
        if (mark != null) {
            paragraphs.add("[" + mark + "]");
        }
        if (message != null && notice.type() != DeskNotice.Type.MESSAGE_DELETED) {
            paragraphs.add(MessageHead.lines(message).stream()
                    .map(line -> "[" + line + "]")
                    .collect(Collectors.joining("\n")));
            paragraphs.add(text(message.parts()));
        }
        if (data.detail() != null) {
            paragraphs.add("[Note: " + data.detail() + "]");
        }
        data.notes().forEach(note -> paragraphs.add("[Note: " + note + "]"));
        return paragraphs.stream().filter(text -> !text.isBlank()).toList();
    }

    /** What a mail is when it is not simply what the customer wrote; null when it is. */
    private static @Nullable String mark(DeskNotice.Type type, @Nullable Message message, @Nullable String reaction) {
        return switch (type) {
            case MESSAGE_RECEIVED -> null;
            case MESSAGE_SENT -> "Sent to the customer by " + author(message);
            case MESSAGE_EDITED -> "A message was changed to";
            case MESSAGE_DELETED -> "A message was deleted";
            case MESSAGE_REACTION ->
                reaction == null || reaction.isEmpty()
                        ? "The customer took a reaction back from"
                        : "The customer reacted with " + reaction + " to";
            case DELIVERY_UPDATED ->
                message != null && message.status() != Status.FAILED
                        ? "A part of this did not reach the customer"
                        : "This did not reach the customer" + why(message);
            case CONVERSATION_UPDATED -> null;
        };
    }

    private static String why(@Nullable Message message) {
        return message == null || message.reason() == null ? "" : ", " + Words.of(message.reason());
    }

    private static String author(@Nullable Message message) {
        String name = message == null ? null : message.author().name();
        return name != null
                ? name
                : message == null ? "us" : Words.of(message.author().kind());
    }

    private static String line(Message message) {
        return author(message) + ": " + text(message.parts());
    }

    /** All that is no file, in words. */
    static String text(List<Part> parts) {
        return parts.stream()
                .filter(part -> !(part instanceof Part.Media))
                .flatMap(part ->
                        Rendering.plan(WHOLE, List.of(part)).steps().stream().flatMap(List::stream))
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining("\n"));
    }
}
