// SPDX-License-Identifier: Apache-2.0
package io.dragoman.trace;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A collector: it takes {@code POST /v1/traces} with Protocol Buffers as OTLP/HTTP 1.8 defines it, by OpenTelemetry's own
 * definition of the messages, and refuses whatever else there is.
 */
public final class CollectorStub implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ResourceSpans> taken = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile boolean hanging;

    public CollectorStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    /** Answers so from now on. */
    public void answering(int status) {
        this.status = status;
    }

    /** Answers nothing until it is closed. */
    public void hang() {
        hanging = true;
    }

    /** All spans that came. */
    public List<Span> spans() {
        return taken.stream()
                .flatMap(one -> one.getScopeSpansList().stream())
                .map(ScopeSpans::getSpansList)
                .flatMap(List::stream)
                .toList();
    }

    /** All that came, each with who sent it. */
    public List<ResourceSpans> taken() {
        return taken;
    }

    /** What was not as the protocol says. */
    public List<String> refused() {
        return refused;
    }

    /** The keys that were sent as {@code api-key}. */
    public List<String> keys() {
        return keys;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            waitWhileHanging();
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (!exchange.getRequestMethod().equals("POST")
                    || !exchange.getRequestURI().getPath().equals("/v1/traces")
                    || !"application/x-protobuf".equals(type)) {
                refused.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + type);
            } else if (!whole(request)) {
                refused.add("fields that are not defined: " + request);
            } else if (status == 200) {
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("api-key")));
                taken.addAll(request.getResourceSpansList());
            }
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer);
            }
        }
    }

    private void waitWhileHanging() {
        try {
            if (hanging) {
                released.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean whole(Message message) {
        return message.getUnknownFields().asMap().isEmpty()
                && message.getAllFields().values().stream()
                        .flatMap(value ->
                                value instanceof List<?> list ? list.stream() : java.util.stream.Stream.of(value))
                        .allMatch(value -> !(value instanceof Message inner) || whole(inner));
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
