// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.kit.FileText;
import io.dragoman.connector.kit.MessageHead;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the expressions of a desk's requests see of a notice. */
final class NoticeContext {
    /** A helpdesk shows texts of any length whole. */
    private static final Limits WHOLE =
            Limits.text(1_000_000, Limits.Unit.CHARACTERS).build();

    private NoticeContext() {}

    /**
     * The variables of a notice, without those of the account.
     *
     * @param notice as JSON that expressions read
     */
    static Map<String, Object> of(ToDesk told, Map<?, ?> notice) {
        DeskNotice.Data data = told.notice().data();
        Message message = data.message();
        Map<String, Object> context = new HashMap<>();
        context.put("notice", notice);
        context.put("type", told.notice().type().word());
        context.put("key", told.key());
        context.put("notes", data.notes());
        context.put("name", name(data));
        put(context, "reference", data.conversation().deskReference());
        put(context, "reaction", data.reaction());
        put(context, "detail", data.detail());
        if (notice.get("data") instanceof Map<?, ?> fields) {
            put(context, "conversation", fields.get("conversation"));
            put(context, "contact", fields.get("contact"));
            put(context, "message", fields.get("message"));
        }
        if (!data.history().isEmpty()) {
            context.put(
                    "history", data.history().stream().map(NoticeContext::line).collect(Collectors.joining("\n")));
        }
        if (message != null) {
            context.put("direction", Words.of(message.direction()));
            context.put("text", text(message.parts()));
            context.put("media", media(message.parts()));
            put(context, "author", message.author().name());
            put(context, "status", message.status() == null ? null : Words.of(message.status()));
            put(context, "reason", message.reason() == null ? null : Words.of(message.reason()));
        }
        words(context, told.notice(), media -> false, media -> "");
        return context;
    }

    /**
     * The variables that hold links to files.
     *
     * @param carried whether a file goes as such, so that it needs no link
     * @param remark on one that does not; may be empty
     */
    static void words(
            Map<String, Object> context,
            DeskNotice notice,
            Predicate<Part.Media> carried,
            Function<Part.Media, String> remark) {
        Message message = notice.data().message();
        String body = message == null ? "" : body(message, carried, remark);
        if (message != null) {
            context.put("body", body);
        }
        context.put("note", note(notice, body));
    }

    private static void put(Map<String, Object> context, String name, @Nullable Object value) {
        if (value != null) {
            context.put(name, value);
        }
    }

    /** What the customer is called: a helpdesk's customers must have a name. */
    private static String name(DeskNotice.Data data) {
        String name = data.contact().name();
        return name == null || name.isBlank() ? data.conversation().address() : name;
    }

    private static String line(Message message) {
        String author = message.author().name();
        String who = author == null ? Words.of(message.author().kind()) : author;
        return who + ": " + body(message, media -> false, media -> "");
    }

    /** All that is no file, in words. */
    private static String text(List<Part> parts) {
        return parts.stream()
                .filter(part -> !(part instanceof Part.Media))
                .flatMap(part ->
                        Rendering.plan(WHOLE, List.of(part)).steps().stream().flatMap(List::stream))
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining("\n"));
    }

    /**
     * The text, above it whose words they are and who else got them, and below it a line for each file with its link. Of
     * files alone, all of which are carried, it is their names: many helpdesks refuse a message without words.
     */
    private static String body(Message message, Predicate<Part.Media> carried, Function<Part.Media, String> remark) {
        Stream<String> head = MessageHead.lines(message).stream().map(line -> "[" + line + "]");
        Stream<String> files =
                media(message).filter(media -> !carried.test(media)).map(media -> line(media, remark.apply(media)));
        String body = Stream.concat(Stream.concat(head, Stream.of(text(message.parts()))), files)
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        return body.isEmpty() ? media(message).map(FileText::title).collect(Collectors.joining("\n")) : body;
    }

    private static String line(Part.Media media, String remark) {
        return media.missing() != null
                ? FileText.missing(media)
                : FileText.title(media) + (remark.isEmpty() ? "" : " (" + remark + ")") + ": "
                        + (media.url() == null ? "not there" : media.url());
    }

    private static Stream<Part.Media> media(Message message) {
        return message.parts().stream().filter(Part.Media.class::isInstance).map(Part.Media.class::cast);
    }

    private static List<Map<String, Object>> media(List<Part> parts) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Media media) {
                Map<String, Object> fields = new HashMap<>();
                fields.put("kind", Words.of(media.media()));
                fields.put("type", media.mimeType());
                put(fields, "url", media.url());
                put(fields, "name", media.fileName());
                put(fields, "size", media.size());
                put(fields, "missing", media.missing());
                all.add(fields);
            }
        }
        return all;
    }

    /** What happened, as a sentence for agents. */
    private static String note(DeskNotice notice, String body) {
        DeskNotice.Data data = notice.data();
        Message message = data.message();
        String content = message == null ? "" : "\n" + body;
        return switch (notice.type()) {
            case MESSAGE_RECEIVED -> content.strip();
            case MESSAGE_SENT -> who(message) + " wrote to the customer outside of this desk:" + content;
            case MESSAGE_EDITED -> "The customer changed a message. It says now:" + content;
            case MESSAGE_DELETED -> "The customer deleted a message. It said:" + content;
            case MESSAGE_REACTION ->
                data.reaction() == null || data.reaction().isEmpty()
                        ? "The customer took back the reaction to:" + content
                        : "The customer reacted with " + data.reaction() + " to:" + content;
            case DELIVERY_UPDATED ->
                data.notes().isEmpty()
                        ? delivery(message, data.detail()) + content
                        : String.join("\n", data.notes()) + content;
            case CONVERSATION_UPDATED ->
                data.detail() != null
                        ? data.detail()
                        : "The conversation was changed outside of this desk. It is "
                                + Words.of(data.conversation().status()) + ".";
        };
    }

    private static String who(@Nullable Message message) {
        String name = message == null ? null : message.author().name();
        return name == null ? "The business" : name;
    }

    private static String delivery(@Nullable Message message, @Nullable String detail) {
        String state = message == null || message.status() == null ? "unknown" : Words.of(message.status());
        String reason = message == null || message.reason() == null ? "" : " (" + Words.of(message.reason()) + ")";
        return "A message to the customer is " + state + reason + (detail == null ? "" : ": " + detail) + ".";
    }
}
