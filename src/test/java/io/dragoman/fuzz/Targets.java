// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dragoman.app.agent.AgentCommands;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Webhook;
import io.dragoman.http.server.MediaLinks;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Every parser that reads what others wrote, by name. */
final class Targets {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    static final Map<String, Target> ALL = all();

    private Targets() {}

    private static Map<String, Target> all() {
        Map<String, Target> all = new TreeMap<>(RuleTargets.ALL);
        all.put("json", Targets::json);
        for (String kind : List.of("whatsapp", "telegram", "webhook", "twilio")) {
            all.put(kind, body(kind));
            all.put(kind + "-proof", proof(kind));
        }
        all.put("route", body("route"));
        all.put("mail", mail("", ""));
        all.put("mail-html", mail("Content-Type: text/html; charset=utf-8\r\n\r\n", ""));
        all.put("mail-quoted", mail("In-Reply-To: <1@a>\r\nReferences: <1@a>\r\n\r\n", ""));
        all.put("mail-report", mail("Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\n", "\r\n--b--\r\n"));
        all.put("admin-body", Targets::adminBody);
        all.put("admin-query", input -> io.dragoman.admin.ApiRequestFuzz.ask(new String(input, UTF_8)));
        all.put("media-link", Targets::mediaLink);
        for (String kind : List.of("whatsapp", "telegram", "twilio", "webhook")) {
            all.put(kind + "-answer", Answers.of(kind));
        }
        return all;
    }

    private static void json(byte[] input) {
        try {
            Json.bytes(Json.tree(input));
        } catch (IOException e) {
            // what cannot be read is refused so
        }
    }

    /** An authentic body of a webhook. */
    private static Target body(String kind) {
        Connector connector = Accounts.connector(kind);
        Account account = Accounts.account(kind);
        return input -> {
            Request request = new Request(
                    Request.Origin.ROUTE, "POST", "/channels/shop", "", Map.of("webhook-id", "w1"), input, NOW);
            try {
                check(connector.read(account, Signature.polled(request)), input);
            } catch (MalformedPayload e) {
                quiet(e);
            }
        };
    }

    /** The first line is the query, the others are headers, what follows an empty line is the body. */
    private static Target proof(String kind) {
        Connector connector = Accounts.connector(kind);
        Webhook webhook = (Webhook) connector;
        Account account = Accounts.account(kind);
        List<String> names = webhook.headers().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return input -> {
            String[] parts = new String(input, UTF_8).split("\n\n", 2);
            String[] lines = parts[0].split("\n", -1);
            Map<String, String> headers = new HashMap<>();
            for (int i = 1; i < lines.length && i <= names.size(); i++) {
                headers.put(names.get(i - 1), lines[i]);
            }
            byte[] body = (parts.length < 2 ? "" : parts[1]).getBytes(UTF_8);
            for (String method : List.of("GET", "POST")) {
                Request request =
                        new Request(Request.Origin.RECEIVED, method, "/channels/shop", lines[0], headers, body, NOW);
                try {
                    connector.read(account, webhook.verify(account, request));
                    webhook.acknowledge(account, request);
                } catch (AuthenticationFailed | MalformedPayload e) {
                    quiet(e);
                }
            }
        };
    }

    /** A mail whose beginning is given. */
    private static Target mail(String head, String tail) {
        Connector connector = Accounts.connector("email");
        Account account = Accounts.account("email");
        byte[] before = (head.isEmpty() ? "" : "From: Ana <ana@customer.example>\r\n" + head).getBytes(UTF_8);
        byte[] after = tail.getBytes(UTF_8);
        return input -> {
            byte[] mail = java.util.Arrays.copyOf(before, before.length + input.length + after.length);
            System.arraycopy(input, 0, mail, before.length, input.length);
            System.arraycopy(after, 0, mail, before.length + input.length, after.length);
            Request request = Request.polled("INBOX/7/1", mail, NOW);
            List<? extends Event> events = connector.read(account, Signature.polled(request));
            check(events, mail);
            for (Event event : events) {
                if (event instanceof CustomerEvent.MessageReceived message) {
                    // what a customer sees as a last resort is how our own mistakes look here
                    expect(!"it could not be read".equals(message.automatic()), "the mail reader failed");
                    message.parts().forEach(Targets::checkHtml);
                }
            }
        };
    }

    private static void checkHtml(Part part) {
        if (part instanceof Part.Text text && text.html() != null) {
            String harm = Harm.in(text.html());
            expect(harm == null, "HTML is let through with " + harm);
        }
    }

    private static void adminBody(byte[] input) {
        try {
            check(List.of(AgentCommands.readReply("c-1", "k-1", input, NOW)), input);
        } catch (MalformedPayload e) {
            quiet(e);
        }
    }

    private static void mediaLink(byte[] input) {
        String text = new String(input, UTF_8);
        int at = text.indexOf('?');
        String id = at < 0 ? text : text.substring(0, at);
        String query = at < 0 ? "" : text.substring(at + 1);
        expect(new MediaLinks(new Secret("k")).check(id, query, NOW).isEmpty(), "a link was forged");
    }

    /** What was read can be stored, and is in proportion. */
    private static void check(List<? extends Event> events, byte[] input) {
        expect(events.size() <= input.length + 1, "more events than bytes");
        long size = 0;
        for (Event event : events) {
            expect(!event.key().isBlank() && !event.lane().isBlank(), "an event has no key or lane");
            expect(
                    event.key().length() < 2_000 + input.length
                            && event.toString().length() < 2_000,
                    "too long");
            size += Json.bytes(event).length;
        }
        expect(size <= 200_000L + 40L * input.length, "events are much larger than their input");
    }

    private static void quiet(Exception e) {
        String said = String.valueOf(e.getMessage());
        expect(said.length() <= 500, "a refusal of " + said.length() + " characters");
    }

    static void expect(boolean good, String otherwise) {
        if (!good) {
            throw new AssertionError(otherwise);
        }
    }
}
