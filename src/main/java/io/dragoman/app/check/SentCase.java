// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Words;
import io.dragoman.yaml.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A message of ours: {@code send}, the {@code request} that it must become, the {@code answer} and the {@code outcome}. */
final class SentCase {
    private final Connector connector;
    private final Account account;

    SentCase(Connector connector, Account account) {
        this.connector = connector;
        this.account = account;
    }

    CaseResult run(String name, Node root) {
        CaseResult.Kind kind = CaseResult.Kind.OTHER;
        try {
            Node send = need(root, "send");
            Node outcome = need(root, "outcome");
            CannedTransport transport = new CannedTransport(
                    response(root), ReceivedCase.time(CaseJson.text(send, "at", "2026-11-21T10:00:30Z")));
            Outcome ended = ((Channel) connector).send(account, message(send), transport);
            kind = ended instanceof Outcome.Sent ? CaseResult.Kind.SEND : CaseResult.Kind.REFUSAL;
            if (root.get("request").isPresent()) {
                compare(need(root, "request"), transport.call());
            }
            String expected = CaseJson.text(outcome, "is", "");
            if (!expected.equals(words(ended))) {
                throw CaseFailed.differs("outcome", expected, words(ended) + " (" + ended + ")");
            }
            return new CaseResult(name, kind, null);
        } catch (CaseFailed e) {
            return new CaseResult(name, kind, e.getMessage());
        }
    }

    private static Node need(Node root, String key) throws CaseFailed {
        return root.get(key)
                .orElseThrow(() -> new CaseFailed("has no " + key + ": it must have receive:, or send: and outcome:"));
    }

    /** Such as {@code sent m-1}, {@code refused recipient-unknown}, {@code retry throttled PT7S}. */
    private static String words(Outcome outcome) {
        if (outcome instanceof Outcome.Sent sent) {
            return sent.externalId() == null ? "sent" : "sent " + sent.externalId();
        }
        if (outcome instanceof Outcome.Retry retry) {
            return "retry " + Words.of(retry.reason()) + (retry.after() == null ? "" : " " + retry.after());
        }
        if (outcome instanceof Outcome.Refused refused) {
            return "refused " + Words.of(refused.reason());
        }
        return outcome instanceof Outcome.Uncertain uncertain
                ? "uncertain " + Words.of(uncertain.reason())
                : outcome.toString();
    }

    private static Response response(Node root) throws CaseFailed {
        Node answer = need(root, "answer");
        String status = CaseJson.text(answer, "status", "200");
        if (!status.matches("[1-5][0-9][0-9]")) {
            throw new CaseFailed("answer.status must be a status such as 200");
        }
        Map<String, String> headers = new TreeMap<>();
        CaseJson.texts(answer, "headers")
                .forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
        byte[] body = CaseJson.text(answer, "body", "").getBytes(StandardCharsets.UTF_8);
        return new Response(Integer.parseInt(status), headers, body);
    }

    private static ToCustomer message(Node send) throws CaseFailed {
        List<Part> parts = new ArrayList<>();
        send.get("media").ifPresent(media -> {
            String type = CaseJson.text(media, "type", "application/octet-stream");
            String name = CaseJson.text(media, "name", "");
            parts.add(new Part.Media(
                    MediaKind.of(type),
                    type,
                    name.isEmpty() ? null : name,
                    null,
                    null,
                    null,
                    CaseJson.text(media, "url", "https://chat.example.com/media/1")));
        });
        send.get("template")
                .ifPresent(template -> parts.add(new Part.Template(
                        CaseJson.text(template, "name", "name"),
                        CaseJson.text(template, "language", "en"),
                        template.get("parameters").map(Node::items).orElse(List.of()).stream()
                                .map(Node::text)
                                .toList())));
        send.get("text").ifPresent(text -> parts.add(new Part.Text(text.text())));
        if (parts.isEmpty()) {
            throw new CaseFailed("send must have text:, media: or template:");
        }
        String replyTo = CaseJson.text(send, "replyTo", "");
        return new ToCustomer(
                CaseJson.text(send, "key", "d-1"),
                "m-1",
                "c-1",
                CaseJson.text(send, "to", ""),
                parts,
                replyTo.isEmpty() ? null : replyTo,
                null,
                List.of(),
                null,
                false);
    }

    private void compare(Node expected, HttpCall call) throws CaseFailed {
        equal("request.method", CaseJson.text(expected, "method", "POST"), call.method());
        equal("request.url", CaseJson.text(expected, "url", ""), call.uri().toString());
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(call.headers());
        if (call.authorization() != null) {
            headers.put("Authorization", call.authorization().value());
        }
        for (Map.Entry<String, String> header :
                CaseJson.texts(expected, "headers").entrySet()) {
            equal("request.headers." + header.getKey(), header.getValue(), headers.getOrDefault(header.getKey(), ""));
        }
        equal("request.headers", "", String.join(", ", unexpected(headers, CaseJson.texts(expected, "headers"))));
        String body = body(call);
        if (call.body() != null && call.body().contentType().startsWith("application/json")) {
            CaseJson.compare("request.body", CaseJson.text(expected, "body", ""), body);
        } else {
            equal("request.body", CaseJson.text(expected, "body", "").strip(), body.strip());
        }
    }

    /** The names of headers that no case asked for. */
    private static List<String> unexpected(Map<String, String> headers, Map<String, String> expected) {
        return headers.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .toList();
    }

    private static String body(HttpCall call) throws CaseFailed {
        if (call.body() == null) {
            return "";
        }
        try (InputStream in = call.body().source().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CaseFailed("the request's body cannot be read");
        }
    }

    private static void equal(String what, String expected, String actual) throws CaseFailed {
        if (!expected.equals(actual)) {
            throw CaseFailed.differs(what, expected, actual);
        }
    }
}
