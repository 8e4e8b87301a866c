// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestChannel;
import io.dragoman.TestGateway;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checklist 23: whatever goes wrong on either port, the answer is problem details in constant words. */
final class ErrorsTest {
    private static final String BAD = "zqx'\"<script>${env:PATH}zqx";

    @TempDir
    private static Path data;

    private static TestGateway test;
    private static final Map<Integer, List<String>> SEEN = new TreeMap<>();

    @BeforeAll
    static void start() throws Exception {
        test = new TestGateway(data);
    }

    @AfterAll
    static void stop() {
        System.out.println("kinds of error seen: " + SEEN.keySet());
        test.close();
    }

    @Test
    void onThePublicPort() throws Exception {
        int port = test.gateway.publicPort();
        String encoded = "zqx%27%22%3Cscript%3E";
        ask(port, "GET", "/", "");
        ask(port, "GET", "/channels/" + encoded, "");
        ask(port, "POST", "/channels/shop", BAD);
        ask(port, "POST", "/channels/shop", BAD, "X-Signature: " + BAD);
        ask(port, "PUT", "/channels/shop", BAD);
        ask(port, "DELETE", "/desks/desk", "");
        ask(port, "TRACE", "/channels/shop", "");
        ask(port, "GET", "/media/x", "");
        ask(port, "GET", "/media/" + encoded + "?expires=" + encoded + "&signature=%zz", "");
        ask(port, "POST", "/channels/shop", "", "X-Long: " + "y".repeat(40_000));
        ask(port, "GET", "/" + "y".repeat(10_000), "");
        broken(port);
        assertThat(SEEN.keySet()).contains(400, 401, 403, 404, 405, 413, 414, 431);
    }

    @Test
    void onTheAdminPort() throws Exception {
        int port = test.gateway.adminPort();
        String token = "Authorization: Bearer " + TestGateway.TOKEN.value();
        for (String path : List.of(
                "/api/v1/conversations",
                "/api/v1/conversations/zqx",
                "/api/v1/messages/zqx/explain",
                "/metrics",
                "/zqx",
                "/api/v1/deliveries?state=zqx&limit=zqx",
                "/api/v1/conversations?zqx=1",
                "/api/v1/conversations?limit=%zz",
                "/api/v1/messages/%00",
                "/api/v1/ledger?hours=-1",
                "/api/v1/dead?limit=1&limit=2")) {
            ask(port, "GET", path, "");
            ask(port, "GET", path, "", token);
            ask(port, "PATCH", path, BAD, token);
        }
        for (String body : List.of(
                "",
                BAD,
                "{",
                "[]",
                "null",
                "{\"text\":5}",
                "{\"text\":\"zqx\",\"parts\":[]}",
                "{\"parts\":[{\"type\":\"zqx\"}]}",
                "[".repeat(10_000),
                "{\"a\":1,\"a\":2}",
                "{\"text\":1e999999}")) {
            ask(port, "POST", "/api/v1/conversations/zqx/messages", body, token, "Content-Type: application/json");
            ask(port, "POST", "/api/v1/conversations/zqx/messages", body, token, "Idempotency-Key: k");
            ask(
                    port,
                    "POST",
                    "/api/v1/conversations/zqx/messages",
                    body,
                    token,
                    "Idempotency-Key: k",
                    "Content-Type: application/json");
            ask(port, "POST", "/api/v1/conversations/zqx/close", body, token, "Idempotency-Key: " + BAD);
        }
        broken(port);
        assertThat(SEEN.keySet()).contains(400, 401, 404, 405);
    }

    /** What is hardly HTTP. */
    private static void broken(int port) throws IOException {
        for (String request : List.of(
                "\u0000\u0001\u0002\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\nbroken\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: zqx\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST /channels/shop HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
                "POST /channels/shop HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "POST /channels/shop HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzqx\r\n",
                "POST /channels/shop HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n")) {
            try (Raw raw = new Raw(port)) {
                String head = raw.patience(1_500).send(request).head();
                if (head.isEmpty()) {
                    System.out.println("no answer to " + request.replaceAll("[^ -~]", "."));
                }
                if (head.startsWith("HTTP/") && !head.startsWith("HTTP/1.")) {
                    // the server under us says no to another version of HTTP, in three words of its own
                    assertThat(head).doesNotContain("Exception", "dragoman").hasSizeLessThan(200);
                } else if (!head.isEmpty()) {
                    check(request, head + (Raw.status(head) / 100 == 2 ? "" : raw.rest()));
                }
            }
        }
    }

    private static void ask(int port, String method, String target, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(List.of(
                method + " " + target + " HTTP/1.1",
                "Host: x",
                "Connection: close",
                "Content-Length: " + bytes.length));
        lines.addAll(List.of(headers));
        String request = String.join("\r\n", lines) + "\r\n\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
        check(method + " " + target, Raw.ask(port, request));
    }

    private static void check(String request, String answer) throws IOException {
        int status = Raw.status(answer);
        assertThat(status).as(request + "\n→ " + answer).isNotIn(500, 501, 502, 0);
        if (status < 400) {
            return;
        }
        SEEN.computeIfAbsent(status, any -> new ArrayList<>()).add(request);
        int split = answer.indexOf("\r\n\r\n");
        String head = answer.substring(0, split).toLowerCase(java.util.Locale.ROOT);
        String body = answer.substring(split + 4);
        assertThat(head)
                .as(request)
                .contains("content-type: application/problem+json")
                .doesNotContain("server:");
        assertThat(body)
                .as(request)
                .doesNotContain("zqx", "Exception", "io.dragoman", "java.", "\tat ", "vertx", "sql", "jackson");
        JsonNode problem = Json.tree(body.getBytes(StandardCharsets.UTF_8));
        assertThat(problem.path("status").asInt()).as(request).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        TreeSet<String> fields = new TreeSet<>();
        problem.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isSubsetOf("type", "title", "status", "detail");
    }

    @Test
    void aGoodRequestIsStillTaken() {
        String body = "[]";
        assertThat(test.post(body)).isEqualTo(200);
        assertThat(TestChannel.sign("secret of shop", body.getBytes(StandardCharsets.UTF_8)))
                .isNotBlank();
    }
}
