// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.app.live.LiveEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever does not read the live stream is dropped, and not kept up with in memory. */
final class SlowReaderTest {
    private static final int SMALL = 4 * 1024;
    private static final List<LiveEvent> EVENTS =
            List.of(new LiveEvent("conversation", 1L, "{\"id\":\"" + "x".repeat(20_000) + "\"}"));
    private static final int MANY = 2_000;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<LiveStream> begun = new CompletableFuture<>();
    private final AtomicBoolean dropped = new AtomicBoolean();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0).setSendBufferSize(SMALL))
                .requestHandler(request -> {
                    LiveStream stream = new LiveStream(vertx, request.response(), () -> true);
                    stream.begin(() -> dropped.set(true));
                    begun.complete(stream);
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Socket client() throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void whoDoesNotReadShouldBeDropped() throws Exception {
        try (Socket silent = client()) {
            LiveStream stream = begun.get(10, TimeUnit.SECONDS);
            int told = 0;
            while (!dropped.get() && told < MANY) {
                stream.take(EVENTS);
                told++;
            }
            TestGateway.await("the end of its subscription", dropped::get);
            assertThat(silent.isConnected()).isTrue();
        }
    }

    @Test
    void whoReadsShouldHearAll() throws Exception {
        try (Socket reader = client()) {
            LiveStream stream = begun.get(10, TimeUnit.SECONDS);
            AtomicLong read = new AtomicLong();
            Thread reading = new Thread(() -> read(reader, read));
            reading.setDaemon(true);
            reading.start();
            for (int told = 1; told <= 200; told++) {
                stream.take(EVENTS);
                long least = 20_000L * told;
                TestGateway.await("what was told", () -> read.get() > least);
            }
            assertThat(dropped).isFalse();
        }
    }

    private static void read(Socket socket, AtomicLong read) {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = socket.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                read.addAndGet(n);
            }
        } catch (java.io.IOException e) {
            read.set(-1); // it is closed
        }
    }
}
