// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.yaml.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Compares what was asked of a provider, and how it ended, with what a case expects. */
final class RequestCheck {
    private RequestCheck() {}

    /**
     * The requests that a case names, and its outcome.
     *
     * @param outcome as the case expects it
     */
    static void of(Node root, CannedTransport transport, Outcome ended, String outcome) throws CaseFailed {
        if (root.get("token").flatMap(token -> token.get("request")).isPresent()) {
            compare(
                    "token.request",
                    root.get("token").flatMap(token -> token.get("request")).orElse(root),
                    transport.tokenCall());
        }
        if (root.get("request").isPresent()) {
            compare("request", SentCase.need(root, "request"), transport.call());
        }
        calls(root, transport);
        if (!outcome.equals(SentCase.words(ended))) {
            throw CaseFailed.differs("outcome", outcome, SentCase.words(ended) + " (" + ended + ")");
        }
    }

    /** The requests of {@code calls}, where a case has some: each, in order, and no other. */
    static void calls(Node root, CannedTransport transport) throws CaseFailed {
        if (root.get("calls").isEmpty()) {
            return;
        }
        List<Node> expected = root.get("calls").map(Node::items).orElse(List.of());
        List<HttpCall> made = transport.calls();
        for (int i = 0; i < Math.min(expected.size(), made.size()); i++) {
            compare("calls[" + i + "].request", SentCase.need(expected.get(i), "request"), made.get(i));
        }
        equal("calls", expected.size() + " requests", made.size() + " requests");
    }

    /** A recorded answer. */
    static Response response(Node answer, String key) throws CaseFailed {
        String status = CaseJson.text(answer, "status", "200");
        if (!status.matches("[1-5][0-9][0-9]")) {
            throw new CaseFailed(key + ".status must be a status such as 200");
        }
        Map<String, String> headers = new TreeMap<>();
        CaseJson.texts(answer, "headers").forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        byte[] body = CaseJson.text(answer, "body", "").getBytes(StandardCharsets.UTF_8);
        return new Response(Integer.parseInt(status), headers, body);
    }

    private static void compare(String key, Node expected, HttpCall call) throws CaseFailed {
        equal(key + ".method", CaseJson.text(expected, "method", "POST"), call.method());
        equal(key + ".url", CaseJson.text(expected, "url", ""), call.uri().toString());
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(call.headers());
        if (call.authorization() != null) {
            headers.put("Authorization", call.authorization().value());
        }
        for (Map.Entry<String, String> header :
                CaseJson.texts(expected, "headers").entrySet()) {
            equal(key + ".headers." + header.getKey(), header.getValue(), headers.getOrDefault(header.getKey(), ""));
        }
        equal(key + ".headers", "", String.join(", ", unexpected(headers, CaseJson.texts(expected, "headers"))));
        String body = body(call);
        if (call.body() != null && call.body().contentType().startsWith("application/json")) {
            CaseJson.compare(key + ".body", CaseJson.text(expected, "body", ""), body);
        } else {
            equal(key + ".body", CaseJson.text(expected, "body", "").strip(), body.strip());
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
            byte[] bytes = in.readAllBytes();
            if (bytes.length != call.body().length()) {
                throw new CaseFailed("the request's body has " + bytes.length + " bytes, not "
                        + call.body().length());
            }
            String type = call.body().contentType();
            return type.startsWith("multipart/")
                    ? MultipartText.of(type, bytes)
                    : new String(bytes, StandardCharsets.UTF_8);
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
