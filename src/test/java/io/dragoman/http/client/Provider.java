// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that remembers what it was asked. */
final class Provider implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile Handler handler = (request, exchange) -> answer(exchange, 200, "ok");

    Provider() {
        this(null);
    }

    Provider(@Nullable SSLContext tls) {
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (tls == null) {
                server = HttpServer.create(any, 0);
            } else {
                HttpsServer secure = HttpsServer.create(any, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    Provider answering(Handler handler) {
        this.handler = handler;
        return this;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        answer(exchange, status, "moved");
    }

    /** Answers until the other side has enough. */
    @SuppressWarnings("InfiniteLoopStatement")
    static void endless(Asked request, HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        while (true) {
            exchange.getResponseBody().write(new byte[1000]);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body(exchange),
                    exchange.getRemoteAddress().getPort());
            asked.add(request);
            handler.handle(request, exchange);
        }
    }

    private byte[] body(HttpExchange exchange) throws IOException {
        try {
            return exchange.getRequestBody().readAllBytes();
        } catch (IOException e) {
            broken.incrementAndGet();
            throw e;
        }
    }

    /** Waits until something came, whole or broken off, and says how many requests broke off. */
    int awaitBroken() {
        for (int i = 0; i < 5_000 && asked.isEmpty() && broken.get() == 0; i++) {
            LockSupport.parkNanos(1_000_000);
        }
        return broken.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        Thread stop = new Thread(() -> server.stop(0), "stop"); // it takes its time
        stop.setDaemon(true);
        stop.start();
    }

    interface Handler {
        void handle(Asked request, HttpExchange exchange) throws IOException;
    }

    record Asked(String method, String target, Headers headers, byte[] body, int from) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
