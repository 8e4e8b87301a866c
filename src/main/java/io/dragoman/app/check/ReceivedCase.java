// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Webhook;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import io.dragoman.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A recorded webhook: {@code receive} with {@code events}, {@code malformed} or {@code unauthentic}. */
final class ReceivedCase {
    private static final String WHEN = "2026-11-21T10:00:30Z";

    private final Connector connector;
    private final Account account;

    ReceivedCase(Connector connector, Account account) {
        this.connector = connector;
        this.account = account;
    }

    CaseResult run(String name, Node root) {
        CaseResult.Kind kind = CaseResult.Kind.OTHER;
        try {
            Request request = request(root.get("receive").orElse(root));
            List<CustomerEvent> events = read(root, request);
            kind = kind(events);
            if (root.get("events").isPresent()) {
                CaseJson.compare("events", CaseJson.text(root, "events", "[]"), Json.writeAll(events, Event.class));
            }
            checkAnswer(root, request);
            return new CaseResult(name, kind, null);
        } catch (CaseFailed e) {
            return new CaseResult(name, kind, e.getMessage());
        }
    }

    private List<CustomerEvent> read(Node root, Request request) throws CaseFailed {
        boolean unauthentic = CaseJson.text(root, "unauthentic", "false").equals("true");
        if (!unauthentic
                && root.get("events").isEmpty()
                && root.get("malformed").isEmpty()) {
            throw new CaseFailed("expects nothing: it must have events:, malformed: or unauthentic:");
        }
        try {
            List<CustomerEvent> events =
                    ((Channel) connector).read(account, ((Webhook) connector).verify(account, request));
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
            return List.of();
        }
    }

    private static CaseResult.Kind kind(List<CustomerEvent> events) {
        if (events.stream().anyMatch(MessageReceived.class::isInstance)) {
            return CaseResult.Kind.MESSAGE;
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
