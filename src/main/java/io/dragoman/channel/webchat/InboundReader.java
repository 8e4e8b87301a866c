// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Request;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartTable;
import io.dragoman.model.ChatEnded;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.ChatMoved;
import io.dragoman.model.CustomerEvent.IdentitiesLinked;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.model.Structured;
import io.dragoman.model.TranscriptRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads what a visitor's widget posted: a message, receipts, the end of the chat, or that they logged in. */
final class InboundReader {
    private static final PartTable PARTS = new PartTable("visitors", List.of("text", "choice", "media"));
    private static final int MOST_PARTS = 10;
    private static final int MOST_RECEIPTS = 50;
    private static final int LONGEST_NAME = 200;

    /** Who a visitor without a name is in their transcript, by language. */
    private static final Map<String, String> YOU = Map.of("en", "You", "de", "Sie", "ar", "أنت");

    private final Account account;
    private final Visitor visitor;
    private final Request request;
    private final JsonFields body;

    private InboundReader(Account account, Visitor visitor, Request request) throws MalformedPayload {
        this.account = account;
        this.visitor = visitor;
        this.request = request;
        this.body = JsonFields.of(request.body());
    }

    static List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return read(account, VisitorTokens.visitor(verified), verified.request());
    }

    /** What a visitor's request says, by the last piece of its path. */
    static List<CustomerEvent> read(Account account, Visitor visitor, Request request) throws MalformedPayload {
        InboundReader reader = new InboundReader(account, visitor, request);
        String name = request.path().substring(request.path().lastIndexOf('/') + 1);
        return switch (name) {
            case "messages" -> List.of(reader.message());
            case "receipts" -> reader.receipts();
            case "end" -> reader.end();
            case "transcript" -> List.of(reader.transcript());
            case "survey" -> List.of(ChatSurvey.read(account, visitor, reader.body, request.receivedAt()));
            case "session" -> reader.loggedIn();
            default -> throw new MalformedPayload("the path ends in no word that is known");
        };
    }

    /** The channel's id of a message to a visitor, which only they can name. */
    static String id(ToCustomer message) {
        return message.address() + "/" + message.key();
    }

    static String clientMsgId(JsonFields body) throws MalformedPayload {
        String id = body.text("clientMsgId");
        if (!id.matches("[A-Za-z0-9_-]{8,64}")) {
            throw new MalformedPayload("clientMsgId must be 8 to 64 letters, digits, - and _, such as a UUID");
        }
        return id;
    }

    private CustomerEvent message() throws MalformedPayload {
        String id = visitor.address() + "/" + clientMsgId(body);
        List<Part> parts = new ArrayList<>();
        if (body.flag("first") && !visitor.facts().isEmpty()) {
            parts.add(new Structured(
                    Visitor.FACTS,
                    String.join("\n", visitor.facts()),
                    visitor.json().without("address")));
        }
        parts.addAll(parts());
        return MessageReceived.of(id, request.receivedAt(), visitor.sender(), id, parts, null);
    }

    private List<Part> parts() throws MalformedPayload {
        List<Part> parts = PARTS.read(body);
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw new MalformedPayload("parts must have 1 to " + MOST_PARTS + " parts");
        }
        int length = 0;
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                length += text.text().codePointCount(0, text.text().length());
            } else if (part instanceof Part.ChoiceMade made) {
                length += made.title().length() + made.id().length();
            } else if (part instanceof Part.Media media && (media.source() == null || media.url() != null)) {
                // an address would be fetched by us, from wherever a visitor says
                throw new MalformedPayload("a file must have its bytes in data");
            } else if (part instanceof Part.Media media && media.fileName() != null) {
                length += Math.max(0, media.fileName().length() - LONGEST_NAME) * WebChat.LONGEST_TEXT;
            }
        }
        if (length > WebChat.LONGEST_TEXT) {
            throw new MalformedPayload("the text is longer than " + WebChat.LONGEST_TEXT + " characters");
        }
        return parts;
    }

    private List<CustomerEvent> receipts() throws MalformedPayload {
        String word = body.text("status");
        Status status =
                switch (word) {
                    case "delivered" -> Status.DELIVERED;
                    case "read" -> Status.READ;
                    default -> throw new MalformedPayload("status must be delivered or read");
                };
        List<String> ids = body.texts("ids");
        if (ids.isEmpty() || ids.size() > MOST_RECEIPTS) {
            throw new MalformedPayload("ids must have 1 to " + MOST_RECEIPTS + " ids");
        }
        List<CustomerEvent> receipts = new ArrayList<>();
        for (String id : ids.stream().distinct().toList()) {
            if (!id.matches("[A-Za-z0-9_.:/-]{1,200}")) {
                throw new MalformedPayload("ids must be those of messages");
            }
            String external = visitor.address() + "/" + id;
            receipts.add(new Receipt(
                    word + ":" + external, visitor.address(), request.receivedAt(), external, status, null, null));
        }
        return receipts;
    }

    /** A line in the conversation, which no machine answers, and its end. */
    private List<CustomerEvent> end() throws MalformedPayload {
        String id = visitor.address() + "/" + clientMsgId(body);
        Structured ended = new Structured(
                "ended", "The visitor ended the chat.", Json.mapper().createObjectNode());
        MessageReceived line = new MessageReceived(
                id,
                request.receivedAt(),
                visitor.sender(),
                id,
                List.of(ended),
                null,
                Threading.NONE,
                "the visitor ended the chat",
                null,
                null);
        return List.of(line, new ChatEnded("ended:" + id, visitor.address(), request.receivedAt(), id));
    }

    private CustomerEvent transcript() throws MalformedPayload {
        String to = visitor.email() == null ? body.text("email").strip() : visitor.email();
        if (to.length() > LONGEST_NAME || !to.matches("[^@\\s]+@[^@\\s]+")) {
            throw new MalformedPayload("email must be a mail address");
        }
        String language = visitor.language() == null ? "en" : visitor.language().substring(0, 2);
        return new TranscriptRequested(
                "transcript:" + visitor.address() + "/" + clientMsgId(body),
                visitor.address(),
                request.receivedAt(),
                List.of(visitor.identity()),
                account.find(WebChat.TRANSCRIPT_BY).orElse(account.id()),
                to,
                account.get(WebChat.TITLE),
                account.get(WebChat.TITLE),
                YOU.getOrDefault(language, "You"));
    }

    private List<CustomerEvent> loggedIn() throws MalformedPayload {
        String former = visitor.former();
        if (former == null) {
            throw new MalformedPayload("it names no visitor who logged in");
        }
        Identity before = new Identity(Visitor.ANONYMOUS, Objects.requireNonNull(former), true);
        String key = former + ">" + visitor.address();
        return List.of(
                new IdentitiesLinked(
                        "linked:" + key, visitor.address(), request.receivedAt(), List.of(visitor.identity(), before)),
                new ChatMoved("moved:" + key, request.receivedAt(), former, visitor.address()));
    }
}
