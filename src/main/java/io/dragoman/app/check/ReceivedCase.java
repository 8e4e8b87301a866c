// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksWebhook;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Request;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerForgotten;
import io.dragoman.model.DeskEvent.AgentReplied;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import io.dragoman.model.OrderChanged;
import io.dragoman.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A recorded webhook: {@code receive} with {@code events}, {@code malformed} or {@code unauthentic}. */
final class ReceivedCase {
    private static final String WHEN = "2026-11-21T10:00:30Z";

    private final Connector connector;
    private final Account account;
    private final Jwks keys;

    /** @param keys those that the provider publishes, where its requests are proved by them */
    ReceivedCase(Connector connector, Account account, Jwks keys) {
        this.connector = connector;
        this.account = account;
        this.keys = keys;
    }

    CaseResult run(String name, Node root) {
        CaseResult.Kind kind = CaseResult.Kind.OTHER;
        try {
            Request request = request(root.get("receive").orElse(root));
            List<? extends Event> events = read(root, request);
            kind = kind(events);
            if (root.get("events").isPresent()) {
                CaseJson.compare("events", CaseJson.text(root, "events", "[]"), Json.writeAll(events, Event.class));
            }
            checkFiles(root, request, events);
            checkAnswer(root, request);
            return new CaseResult(name, kind, null);
        } catch (CaseFailed e) {
            return new CaseResult(name, kind, e.getMessage());
        }
    }

    private List<? extends Event> read(Node root, Request request) throws CaseFailed {
        boolean unauthentic = CaseJson.text(root, "unauthentic", "false").equals("true");
        if (!unauthentic
                && root.get("events").isEmpty()
                && root.get("malformed").isEmpty()) {
            throw new CaseFailed("expects nothing: it must have events:, malformed: or unauthentic:");
        }
        try {
            List<? extends Event> events = connector.read(account, verify(request));
            if (unauthentic || root.get("malformed").isPresent()) {
                throw new CaseFailed("was read, but it must not be");
            }
            return events;
        } catch (AuthenticationFailed e) {
            if (!unauthentic) {
                throw new CaseFailed("is not authentic: " + e.getMessage());
            }
            return List.of();
        } catch (MalformedPayload e) {
            if (!String.valueOf(e.getMessage()).contains(CaseJson.text(root, "malformed", "\0"))) {
                throw new CaseFailed("cannot be read: " + e.getMessage());
            }
            return e.readable();
        }
    }

    private Verified verify(Request request) throws AuthenticationFailed {
        return connector instanceof JwksWebhook keyed
                ? keyed.verify(account, request, keys)
                : ((Webhook) connector).verify(account, request);
    }

    private static CaseResult.Kind kind(List<? extends Event> events) {
        if (events.stream().anyMatch(MessageReceived.class::isInstance)) {
            return CaseResult.Kind.MESSAGE;
        }
        if (events.stream().anyMatch(AgentReplied.class::isInstance)) {
            return CaseResult.Kind.REPLY;
        }
        if (events.stream().anyMatch(OrderChanged.class::isInstance)) {
            return CaseResult.Kind.ORDER;
        }
        if (events.stream().anyMatch(CustomerForgotten.class::isInstance)) {
            return CaseResult.Kind.FORGET;
        }
        return events.stream().anyMatch(Receipt.class::isInstance) ? CaseResult.Kind.RECEIPT : CaseResult.Kind.OTHER;
    }

    /** With the headers that would survive the intake, and no other. */
    private Request request(Node receive) throws CaseFailed {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(CaseJson.texts(receive, "headers"));
        headers.keySet()
                .removeIf(name -> !name.equalsIgnoreCase("content-type")
                        && ((Webhook) connector).headers().stream().noneMatch(name::equalsIgnoreCase));
        String body = CaseJson.text(receive, "body", "");
        return new Request(
                Request.Origin.RECEIVED,
                CaseJson.text(receive, "method", body.isEmpty() ? "GET" : "POST"),
                account.path(),
                CaseJson.text(receive, "query", ""),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                time(CaseJson.text(receive, "at", WHEN)));
    }

    static Instant time(String text) throws CaseFailed {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CaseFailed("at must be a time such as " + WHEN);
        }
    }

    /** The bytes of files that came in the request itself, as text or in Base64. */
    private void checkFiles(Node root, Request request, List<? extends Event> events) throws CaseFailed {
        if (root.get("files").isEmpty()) {
            return;
        }
        CannedTransport transport = CannedTransport.silent(request.receivedAt());
        if (connector instanceof MediaSource source) {
            events.stream()
                    .filter(MessageReceived.class::isInstance)
                    .flatMap(event -> ((MessageReceived) event).parts().stream())
                    .flatMap(part -> part.attachments().stream())
                    .forEach(media -> source.fetch(account, media, request, transport));
        }
        List<String> expected = root.get("files").map(Node::items).orElse(List.of()).stream()
                .map(Node::text)
                .toList();
        List<String> actual = new ArrayList<>();
        for (byte[] bytes : transport.kept()) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            int at = actual.size();
            actual.add(
                    at < expected.size() && text.equals(expected.get(at))
                            ? text
                            : Base64.getEncoder().encodeToString(bytes));
        }
        if (!expected.equals(actual)) {
            throw CaseFailed.differs("files", expected.toString(), actual.toString());
        }
    }

    private void checkAnswer(Node root, Request request) throws CaseFailed {
        if (root.get("answer").isEmpty()) {
            return;
        }
        Node answer = root.get("answer").orElse(root);
        var given = ((Webhook) connector).acknowledge(account, request);
        String expected = CaseJson.text(answer, "status", "200") + " " + CaseJson.text(answer, "body", "");
        String actual = given.status() + " " + given.body();
        if (!expected.equals(actual)) {
            throw CaseFailed.differs("answer", expected, actual);
        }
    }
}
