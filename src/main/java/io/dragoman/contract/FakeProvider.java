// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers every request in the same way, or badly. */
public final class FakeProvider implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> grants = Map.of();

    private FakeProvider(Behaviour behaviour) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String granted = grants.get(exchange.getRequestURI().getPath());
            if (granted != null) {
                exchange.getRequestBody().readAllBytes();
                answer(exchange, 200, Map.of(), granted.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            behaviour.answer(exchange, closed);
        });
        server.start();
    }

    /** Answers with this status, headers and body. */
    public static FakeProvider answering(int status, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new FakeProvider((exchange, closed) -> answer(exchange, status, headers, bytes));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> headers, byte[] bytes)
            throws IOException {
        try (exchange) {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** Takes the request and never says a word. */
    public static FakeProvider silent() {
        return new FakeProvider((exchange, closed) -> {
            try (exchange) {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Takes the request and hangs up. */
    public static FakeProvider hangingUp() {
        return new FakeProvider((exchange, closed) -> exchange.close());
    }

    /** Gives access tokens at these paths, whatever it does with all else: JSON by path. */
    public FakeProvider granting(Map<String, String> tokens) {
        grants = Map.copyOf(tokens);
        return this;
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The bodies that came, in order, but for those with which tokens were asked for. */
    public List<String> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Behaviour {
        void answer(HttpExchange exchange, CountDownLatch closed) throws IOException;
    }
}
