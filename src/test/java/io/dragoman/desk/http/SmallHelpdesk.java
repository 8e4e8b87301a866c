// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A helpdesk of one ticket, whose connections break when a test wants it; and a provider that takes texts. */
final class SmallHelpdesk implements AutoCloseable {
    /** When a connection breaks at the opening of a ticket. */
    enum Cut {
        NEVER,
        BEFORE_WRITING,
        AFTER_WRITING
    }

    /** What was asked, but for polls. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** When a ticket was to be opened, in nanoseconds of no certain origin. */
    final List<Long> openings = new CopyOnWriteArrayList<>();

    /** The keys of the tickets that are there. */
    final List<String> tickets = new CopyOnWriteArrayList<>();

    /** What reached the customer. */
    final List<String> texts = new CopyOnWriteArrayList<>();

    /** What agents wrote, as polls are answered. */
    final List<Map<String, Object>> replies = new CopyOnWriteArrayList<>();

    final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);
    final AtomicInteger pollStatus = new AtomicInteger(200);
    final AtomicInteger polls = new AtomicInteger();
    private final HttpServer server;

    SmallHelpdesk() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How long it was from the first attempt at a ticket to the next. */
    Duration betweenOpenings() {
        return Duration.ofNanos(openings.get(1) - openings.get(0));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (!call.equals("GET /changed")) {
            asked.add(call);
        }
        switch (call) {
            case "POST /texts" -> {
                texts.add(body);
                answer(exchange, 200, "{}");
            }
            case "POST /people" -> answer(exchange, 200, "{\"id\":6}");
            case "POST /tickets" -> open(exchange, body);
            case "GET /tickets" -> answer(exchange, 200, found());
            case "GET /changed" -> {
                polls.incrementAndGet();
                answer(exchange, pollStatus.get(), Json.write(replies));
            }
            default -> answer(exchange, 200, "{\"note\":2}");
        }
    }

    private void open(HttpExchange exchange, String body) throws IOException {
        openings.add(System.nanoTime());
        Cut now = cut.getAndSet(Cut.NEVER);
        if (now != Cut.BEFORE_WRITING) {
            tickets.add(String.valueOf(
                    Json.tree(body.getBytes(StandardCharsets.UTF_8)).path("key").asText()));
        }
        if (now == Cut.NEVER) {
            answer(exchange, 200, "{\"ticket\":81,\"note\":1}");
        } else {
            exchange.close();
        }
    }

    private String found() {
        return Json.write(tickets.stream()
                .map(key -> Map.of("id", 81, "key", key, "note", 1))
                .toList());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
