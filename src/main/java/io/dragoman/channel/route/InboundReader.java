// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.route;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.connector.kit.HtmlText;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ParticipantFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Participants;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Reads the route JSON, version 1, of docs/routes.md: what customers did, and nothing that only a desk may say. */
final class InboundReader {
    private static final long VERSION = 1;
    private static final String TYPES = "message, edited, deleted, reaction, receipt";

    private final JsonFields body;
    private final Instant at;

    private InboundReader(JsonFields body, Instant receivedAt) throws MalformedPayload {
        this.body = body;
        this.at = body.findTime("at").orElse(receivedAt);
    }

    static CustomerEvent read(Request request) throws MalformedPayload {
        JsonFields body = body(request.body());
        long version = body.findNumber("version").orElse(VERSION);
        if (version != VERSION) {
            throw new MalformedPayload("version is " + version + " but must be " + VERSION);
        }
        return new InboundReader(body, request.receivedAt()).event();
    }

    private static JsonFields body(byte[] body) throws MalformedPayload {
        try {
            return JsonFields.of(body);
        } catch (MalformedPayload e) {
            boolean object =
                    new String(body, StandardCharsets.UTF_8).stripLeading().startsWith("{");
            throw new MalformedPayload(e.getMessage()
                    + (object
                            ? ". A template breaks at quotes and line breaks in a text: let marshal make the JSON"
                            : ". It must be {\"id\": …, \"from\": …, \"text\": …}: let marshal make it of plain text")
                    + " (docs/routes.md)");
        }
    }

    private CustomerEvent event() throws MalformedPayload {
        String type = body.findText("type").orElse("message");
        return switch (type) {
            case "message" -> message();
            case "edited" ->
                new CustomerEvent.MessageEdited(body.text("id"), body.text("from"), at, body.text("message"), parts());
            case "deleted" ->
                new CustomerEvent.MessageDeleted(body.text("id"), body.text("from"), at, body.text("message"));
            case "reaction" ->
                new CustomerEvent.Reaction(
                        body.text("id"),
                        body.text("from"),
                        at,
                        body.text("message"),
                        body.findText("emoji").orElse(""));
            case "receipt" -> receipt();
            default -> throw new MalformedPayload("type must be one of " + TYPES);
        };
    }

    /** Who is at an address; the route vouches for it. */
    static Sender sender(String address, @Nullable String name, @Nullable String language) {
        return new Sender(address, List.of(new Identity("route", address, true)), name, language);
    }

    private MessageReceived message() throws MalformedPayload {
        String id = body.text("id");
        Sender sender = sender(body.text("from"), find("name"), find("language"));
        String thread = find("thread");
        String subject = find("subject");
        Threading threading =
                thread == null && subject == null ? Threading.NONE : new Threading(thread, null, List.of(), subject);
        String replyTo = find("replyTo");
        return new MessageReceived(
                id,
                at,
                sender,
                id,
                parts(),
                replyTo,
                threading,
                find("automatic"),
                null,
                find("forwarded"),
                participants());
    }

    private @Nullable Participants participants() throws MalformedPayload {
        Participants all = new Participants(
                List.of(),
                ParticipantFields.find(body, "to").orElse(List.of()),
                ParticipantFields.find(body, "cc").orElse(List.of()));
        return all.equals(Participants.NONE) ? null : all;
    }

    private CustomerEvent receipt() throws MalformedPayload {
        String word = body.text("status");
        Status status = Map.of(
                        "sent", Status.SENT,
                        "delivered", Status.DELIVERED,
                        "read", Status.READ,
                        "failed", Status.FAILED)
                .get(word);
        if (status == null) {
            throw new MalformedPayload("status must be one of sent, delivered, read, failed");
        }
        String message = body.text("message");
        String lane = body.findText("from").orElse(message);
        return new CustomerEvent.Receipt(message + "|" + word, lane, at, message, status, reason(), find("detail"));
    }

    private @Nullable Reason reason() throws MalformedPayload {
        String word = find("reason");
        if (word == null) {
            return null;
        }
        return Words.find(Reason.class, word)
                .orElseThrow(() ->
                        new MalformedPayload("reason must be one of " + String.join(", ", Words.all(Reason.class))));
    }

    private List<Part> parts() throws MalformedPayload {
        List<Part> parts = new ArrayList<>();
        text().ifPresent(parts::add);
        for (JsonFields media : body.has("media") ? body.objects("media") : List.<JsonFields>of()) {
            String mimeType = media.findText("mimeType").orElse("application/octet-stream");
            parts.add(Part.Media.incoming(
                    MediaKind.of(mimeType),
                    mimeType,
                    media.findText("fileName").orElse(null),
                    media.findNumber("size").orElse(null),
                    media.text("url")));
        }
        parts.addAll(InboundParts.read(body));
        if (parts.isEmpty()) {
            throw new MalformedPayload("one of text, html, media and parts must say something");
        }
        return parts;
    }

    /** HTML from outside is made as harmless here as a mail's. */
    private Optional<Part> text() throws MalformedPayload {
        String text = find("text");
        String html = find("html");
        if (html == null) {
            return Optional.ofNullable(text).map(Part.Text::new);
        }
        Document document = HtmlCleaner.parse(html);
        String safe = HtmlCleaner.clean(document, Map.of());
        String plain = text == null
                ? HtmlText.of(document).replace(HtmlText.QUOTE_MARK, "").strip()
                : text;
        return Optional.of(new Part.Text(plain, null, safe.isBlank() ? null : safe));
    }

    private @Nullable String find(String name) throws MalformedPayload {
        return body.findText(name).filter(text -> !text.isBlank()).orElse(null);
    }
}
