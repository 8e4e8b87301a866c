// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an event, a pressed button or a slash command. */
final class InboundReader {
    /** Of the kinds of message, those that a person wrote. */
    private static final Set<String> WRITTEN =
            Set.of("", "file_share", "thread_broadcast", "me_message", "message_share");

    private final Request request;

    private InboundReader(Request request) {
        this.request = request;
    }

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        InboundReader reader = new InboundReader(request);
        String body = new String(request.body(), StandardCharsets.UTF_8);
        if (body.stripLeading().startsWith("{")) {
            return List.of(reader.posted(JsonFields.of(request.body())));
        }
        ReceivedForm form = ReceivedForm.parse(request.body());
        return form.find("payload").isPresent()
                ? new Interaction(request)
                        .read(JsonFields.of(form.find("payload").orElse("").getBytes(StandardCharsets.UTF_8)))
                : List.of(new Interaction(request).command(form));
    }

    private CustomerEvent posted(JsonFields outer) throws MalformedPayload {
        String type = outer.text("type");
        return type.equals("event_callback")
                ? event(outer, outer.object("event"))
                : ignored(Hashes.sha256Hex(request.body()), Ignored.word(type), why(type));
    }

    private static String why(String type) {
        return switch (type) {
            case "url_verification" -> "it is how Slack tries the address";
            case "app_rate_limited" -> "Slack held back events: more than 30,000 an hour";
            default -> "this version does not know what it is";
        };
    }

    private CustomerEvent event(JsonFields outer, JsonFields event) throws MalformedPayload {
        String key = outer.text("event_id");
        Instant at = outer.time("event_time", request.receivedAt());
        String type = event.text("type");
        return switch (type) {
            case "message", "app_mention" -> message(event, key, at);
            case "reaction_added", "reaction_removed" -> reaction(event, key, at, type.equals("reaction_added"));
            default -> ignored(key, "event." + Ignored.word(type), "it is no message");
        };
    }

    private CustomerEvent message(JsonFields event, String key, Instant at) throws MalformedPayload {
        String subtype = event.has("subtype") ? event.text("subtype") : "";
        String channel = event.text("channel");
        if (subtype.equals("message_deleted")) {
            String ts = event.text("deleted_ts");
            String lane = SlackPlace.address(channel, ts, event.inner("previous_message"));
            return new MessageDeleted(key, lane, at, channel + ":" + ts);
        }
        if (subtype.equals("message_changed")) {
            JsonFields message = event.object("message");
            String ts = message.text("ts");
            return message.has("edited") && !message.has("bot_id")
                    ? new MessageEdited(
                            key, SlackPlace.address(channel, ts, message), at, channel + ":" + ts, parts(message))
                    : ignored(key, "message.changed", "its words are the same: Slack added a preview");
        }
        if (event.has("bot_id") || subtype.equals("bot_message")) {
            return ignored(key, "message.bot", "a bot wrote it, perhaps we ourselves");
        }
        return WRITTEN.contains(subtype)
                ? written(event, channel, at)
                : ignored(key, "message." + Ignored.word(subtype), "the channel says it about itself");
    }

    /** A mention comes as two events: the message's own id makes one of them. */
    private static CustomerEvent written(JsonFields event, String channel, Instant at) throws MalformedPayload {
        String ts = event.text("ts");
        String id = channel + ":" + ts;
        String thread = event.word("thread_ts");
        String replyTo = thread == null || thread.equals(ts) ? null : channel + ":" + thread;
        String address = SlackPlace.address(channel, ts, event);
        return new MessageReceived(
                id,
                SlackPlace.time(ts, at),
                SlackPlace.sender(address, event.text("user"), null),
                id,
                parts(event),
                replyTo,
                SlackPlace.threading(address),
                null,
                null,
                forwarded(event));
    }

    /** Who wrote what the customer passed on; null where there are own words, beside which it has a part of its own. */
    private static @Nullable String forwarded(JsonFields message) {
        return message.word("text") != null
                ? null
                : shared(message)
                        .map(one -> Objects.requireNonNullElse(one.word("author_name"), ""))
                        .findFirst()
                        .orElse(null);
    }

    /** What another wrote stands among the attachments, as what Slack shows of a link does. */
    private static Stream<JsonFields> shared(JsonFields message) {
        return message.each("attachments").stream().filter(one -> one.flag("is_share"));
    }

    private static List<Part> parts(JsonFields message) {
        String text = message.word("text");
        PartList parts = new PartList().text(text == null ? null : SlackText.read(text));
        files(message, parts);
        shared(message).forEach(one -> {
            String said = one.word("text");
            String words = said == null ? "" : SlackText.read(said);
            if (text == null) {
                parts.text(words);
            } else {
                String author = one.word("author_name");
                String from = author == null ? "Forwarded" : "Forwarded from " + author;
                parts.structured("forward", words.isBlank() ? from : from + ":\n" + words, one.node());
            }
            files(one, parts);
        });
        return parts.parts().isEmpty() ? List.of(new Part.Unsupported("message", message.raw())) : parts.parts();
    }

    private static void files(JsonFields message, PartList parts) {
        for (JsonFields file : message.each("files")) {
            String link = file.word("url_private_download");
            String source = link == null ? file.word("url_private") : link;
            String type = file.word("mimetype");
            if (source == null) {
                parts.other("file", file.raw());
            } else {
                parts.media(MediaKind.of(type == null ? "" : type), type, file.word("name"), source, null);
            }
        }
    }

    private static CustomerEvent reaction(JsonFields event, String key, Instant at, boolean added)
            throws MalformedPayload {
        JsonFields item = event.object("item");
        String channel = item.text("channel");
        String emoji = added ? ":" + event.text("reaction") + ":" : "";
        return new Reaction(key, channel, at, channel + ":" + item.text("ts"), emoji);
    }

    private Ignored ignored(String key, String kind, String why) {
        return new Ignored(key, request.receivedAt(), kind, why);
    }
}
