// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served;
import io.dragoman.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a channel that is a server itself by its simulated visitors: they come to a server here, which asks
 * the connector what they get as a gateway does, and keeps what is to be taken in. Feeds are empty. Thread-safe.
 */
final class VisitorSample extends SimulatedAccount implements WebhookSample, AutoCloseable {
    private final Served served;
    private final Simulator visitors;
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong ids = new AtomicLong();
    private @Nullable Request caught;

    VisitorSample(Connector connector, Simulator visitors, Clock clock) {
        super(connector, visitors);
        this.served = (Served) connector;
        this.visitors = visitors;
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public byte[] recorded() {
        int status = visitors.customerWrites(callback(), SimulatorSample.CUSTOMER, CANARY);
        Expect.that(status / 100 == 2, "a visitor who gets " + status, "one who is served");
        return taken().body();
    }

    /**
     * What the connector refuses before anything is taken in is no request: then it stands in the place of the last one's
     * body, which does not prove it.
     */
    @Override
    public Request signed(byte[] body) {
        Request before = last();
        visitors.brings(callback(), body);
        Request request = taken();
        return request.equals(before) ? Webhooks.with(request, request.headers(), body) : request;
    }

    @Override
    public List<String> lanes() {
        return List.of(); // visitors have ids of the connector's making
    }

    /** What the connector itself put into what it had taken in. */
    @Override
    public List<String> proof() {
        recorded();
        return taken().headers().keySet().stream()
                .filter(name -> !name.equals("content-type"))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private URI callback() {
        return URI.create(
                "http://127.0.0.1:" + server.getAddress().getPort() + account().path());
    }

    private synchronized @Nullable Request last() {
        return caught;
    }

    private Request taken() {
        Request request = last();
        if (request == null) {
            throw new NotApplicable("its simulated visitors wrote nothing");
        }
        return request;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (name.equalsIgnoreCase("content-type")
                        || served.headers().stream().anyMatch(name::equalsIgnoreCase)) {
                    headers.put(name, values.get(0));
                }
            });
            String query = exchange.getRequestURI().getRawQuery();
            Request request = new Request(
                    Request.Origin.RECEIVED,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query == null ? "" : query,
                    headers,
                    exchange.getRequestBody().readAllBytes(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            Served.Content content = served.serve(account(), request, () -> "id-" + ids.incrementAndGet())
                    .content();
            answer(exchange, body(content));
        }
    }

    private synchronized Served.Body body(Served.Content content) {
        if (content instanceof Served.Take take) {
            caught = take.request();
            return take.then();
        }
        return content instanceof Served.Body body
                ? body
                : content instanceof Served.Current current
                        ? current.body()
                        : new Served.Body(200, "text/event-stream", new byte[0]);
    }

    private static void answer(HttpExchange exchange, Served.Body body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", body.type());
        exchange.sendResponseHeaders(body.status(), body.bytes().length == 0 ? -1 : body.bytes().length);
        if (body.bytes().length > 0) {
            exchange.getResponseBody().write(body.bytes());
        }
    }
}
