// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.FreePort;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.TextSocket;
import io.dragoman.connector.TextSocket.Closed;
import io.dragoman.connector.TextSocket.Silence;
import io.dragoman.connector.TextSocket.Text;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Hashes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against the WebSocket server of Vert.x. */
final class WebSocketsTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int LARGEST = 200_000;
    private static final BlockingQueue<ServerWebSocket> OPENED = new LinkedBlockingQueue<>();
    private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

    private static Vertx vertx;
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer()
                .webSocketHandshakeHandler(handshake -> {
                    if (handshake.path().equals("/no")) {
                        handshake.reject(403);
                    } else {
                        handshake.accept();
                    }
                })
                .webSocketHandler(socket -> {
                    socket.textMessageHandler(HEARD::add);
                    OPENED.add(socket);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static TextSocket open(String path) throws TransportFailure {
        URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
        return sockets().open(HttpCall.get(uri).trusting(uri), LARGEST);
    }

    private static WebSockets sockets() {
        return new WebSockets(TransportSettings.standard(), new SsrfGuard(Set.of(), List.of()));
    }

    private static ServerWebSocket opened() throws InterruptedException {
        return OPENED.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void messagesOfAnySizeGoBothWaysInOrder() throws Exception {
        TextSocket socket = open("/?v=10");
        ServerWebSocket other = opened();
        for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 199_999}) {
            String text = "x".repeat(size);
            if (size <= 65_536) { // the largest frame that this server takes
                socket.send(text);
                assertThat(HEARD.poll(10, TimeUnit.SECONDS).equals(text)).isTrue();
            }
            other.writeTextMessage(text); // in several frames where it is large
            assertThat(socket.next(LONG)).isEqualTo(new Text(text));
        }
        other.writePing(Buffer.buffer("?"));
        IntStream.range(0, 100).forEach(i -> other.writeTextMessage("გამარჯობა 👋 " + i));
        for (int i = 0; i < 100; i++) {
            assertThat(socket.next(LONG)).isEqualTo(new Text("გამარჯობა 👋 " + i));
        }
        assertThat(socket.next(Duration.ofMillis(5))).isEqualTo(new Silence());
        socket.close(4000);
        assertThat(socket.next(LONG)).isInstanceOf(Closed.class);
    }

    @Test
    void endIsToldHoweverItComes() throws Exception {
        TextSocket closed = open("/");
        ServerWebSocket other = opened();
        other.writeTextMessage("last words");
        other.close((short) 4009);
        assertThat(closed.next(LONG)).isEqualTo(new Text("last words"));
        assertThat(closed.next(LONG)).isEqualTo(new Closed(4009));
        assertThat(closed.next(LONG)).isEqualTo(new Closed(4009));
        TextSocket large = open("/");
        opened().writeTextMessage("x".repeat(LARGEST + 1));
        assertThat(large.next(LONG)).isEqualTo(new Closed(1009));
        TextSocket binary = open("/");
        opened().writeBinaryMessage(Buffer.buffer("x"));
        assertThat(binary.next(LONG)).isEqualTo(new Closed(1003));
    }

    /** Java's own client misses this in one of ten cases. */
    @Test
    void connectionThatBreaksOffIsTold() throws Exception {
        for (int i = 0; i < 30; i++) {
            try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                URI uri = URI.create("http://127.0.0.1:" + listening.getLocalPort());
                Thread cutting = new Thread(() -> greetAndCut(listening));
                cutting.start();
                TextSocket socket = sockets().open(HttpCall.get(uri).trusting(uri), LARGEST);
                assertThat(socket.next(LONG)).isEqualTo(new Text("hi"));
                assertThat(socket.next(LONG)).isEqualTo(new Closed(1006));
                cutting.join();
            }
        }
    }

    private static void greetAndCut(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            byte[] asked = new byte[4096];
            String request = new String(asked, 0, socket.getInputStream().read(asked), StandardCharsets.US_ASCII);
            String key = request.replaceFirst("(?s).*Sec-WebSocket-Key: ([^\r]*)\r.*", "$1");
            byte[] hash = Hashes.of(
                    "SHA-1", (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            String head = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: "
                    + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[] {(byte) 0x81, 2, 'h', 'i'});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void answerWithAHeaderThatIsNoneIsRefused() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket socket = listening.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 101 Switching\r\nSec-WebSocket-Accept\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // the client is gone
                }
            });
            server.start();
            URI uri = URI.create("http://127.0.0.1:" + listening.getLocalPort());
            assertThatThrownBy(() -> sockets().open(HttpCall.get(uri).trusting(uri), LARGEST))
                    .isInstanceOf(TransportFailure.class)
                    .hasMessage("127.0.0.1 opened a WebSocket that was not asked for");
            server.join();
        }
    }

    @Test
    void whoeverSpeaksNoWebSocketIsNamed() throws Exception {
        assertThatThrownBy(() -> open("/no")).hasMessage("127.0.0.1 answered 403 instead of opening a WebSocket");
        URI gone = URI.create("http://127.0.0.1:" + FreePort.find());
        assertThatThrownBy(() -> sockets().open(HttpCall.get(gone).trusting(gone), LARGEST))
                .isInstanceOfSatisfying(
                        TransportFailure.class, e -> assertThat(e.maybeSent()).isFalse())
                .hasMessageContaining("it refused the connection");
    }

    @Test
    void strangersAddressInAPrivateNetworkIsNotAsked() {
        for (String uri : List.of("https://127.0.0.1/", "https://localhost/", "https://169.254.169.254/")) {
            assertThatThrownBy(() -> sockets().open(HttpCall.get(URI.create(uri)), LARGEST))
                    .isInstanceOfSatisfying(TransportFailure.class, e -> assertThat(e.isPermanent())
                            .isTrue())
                    .hasMessageContaining("private network");
        }
        assertThatThrownBy(() -> sockets().open(HttpCall.get(URI.create("http://discord.example/")), LARGEST))
                .hasMessageContaining("not allowed without TLS");
        assertThat(OPENED).isEmpty();
    }
}
