// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.TestSettings;
import io.dragoman.connector.Cidr;
import io.dragoman.http.server.AuthFailureTracker;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.PortLimits;
import io.dragoman.http.server.ProblemDetails;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checklist 22: nobody takes more of a port than there is for one, and a good client always gets in. */
final class PortLimitsTest {
    private static final PortLimits LIMITS =
            TestSettings.defaults().http().limits().body(1024 * 1024);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger handled = new AtomicInteger();
    private final List<HttpListener> ports = new ArrayList<>();

    @AfterEach
    void stop() {
        ports.forEach(HttpListener::stop);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void tooLargeABodyIsRefusedAnnouncedOrNot() throws Exception {
        int port = start(HttpListener.Kind.PUBLIC, LIMITS.body(1000), this::good);
        String chunk = "3e8\r\n" + "x".repeat(1000) + "\r\n";

        assertThat(Raw.ask(port, post("/", "Content-Length: 1001") + "x".repeat(1001)))
                .startsWith("HTTP/1.1 413");
        assertThat(Raw.ask(port, post("/", "Content-Length: 99999999999999"))).startsWith("HTTP/1.1 413");
        assertThat(Raw.ask(port, post("/", "Transfer-Encoding: chunked") + chunk + chunk + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(handled).hasValue(0);
        assertThat(Raw.ask(port, post("/", "Content-Length: 1000", "Connection: close") + "x".repeat(1000)))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void headersOverThirtyTwoKilobytesAreRefused() throws Exception {
        int port = start(HttpListener.Kind.PUBLIC, LIMITS, this::good);

        assertThat(Raw.ask(port, get("X: " + "y".repeat(33_000)))).startsWith("HTTP/1.1 431");
        assertThat(Raw.ask(port, get(("X: " + "y".repeat(1000) + "\r\n").repeat(40) + "Z: 1")))
                .startsWith("HTTP/1.1 431");
        assertThat(Raw.ask(port, "GET /" + "y".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .matches("(?s)HTTP/1.[01] 414.*");
        assertThat(Raw.ask(port, get("X: " + "y".repeat(30_000), "Connection: close")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void thousandSlowClientsDoNotStopAGoodOne() throws Exception {
        PortLimits limits = new PortLimits(1000, 0, 60, 1_000_000, 200, List.of());
        int port = start(HttpListener.Kind.PUBLIC, limits, this::good);
        Deque<Raw> slow = new ArrayDeque<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Raw one = new Raw(port);
                slow.add(one);
                // half a head, half a body, or nothing at all
                one.send(List.of("GET / HTTP/1.1\r\nHost: x\r\nX-", post("/", "Content-Length: 9") + "x", "")
                        .get(i % 3));
                if (i % 100 == 99) {
                    assertThat(Raw.ask(port, get("Connection: close"))).startsWith("HTTP/1.1 200");
                }
            }
            assertThat(handled).hasValue(10);
            assertThat(meters.counter("dragoman.http.refused", "port", "public", "why", "connections")
                            .count())
                    .isGreaterThanOrEqualTo(800);
        } finally {
            for (Raw one : slow) {
                one.close();
            }
        }
    }

    @Test
    void whoAsksTooOftenHears429WithRetryAfter() throws Exception {
        PortLimits limits = new PortLimits(1000, 20, 60, 1_000_000, 200, List.of(Cidr.parse("127.0.0.1")));
        int port = start(HttpListener.Kind.PUBLIC, limits, this::good);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(Raw.ask(port, get("X-Forwarded-For: 1.2.3.4", "Connection: close")));
        }

        List<String> tooOften = answers.stream()
                .filter(answer -> answer.startsWith("HTTP/1.1 429"))
                .toList();
        assertThat(tooOften).isNotEmpty().allMatch(answer -> answer.contains("Retry-After: 1\r\n"));
        assertThat(answers.stream().filter(answer -> answer.startsWith("HTTP/1.1 200")))
                .hasSizeGreaterThanOrEqualTo(20);
        // another client of the same proxy is not meant
        assertThat(Raw.ask(port, get("X-Forwarded-For: 1.2.3.5", "Connection: close")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void bodiesUnderWayAreBoundedTogether() throws Exception {
        PortLimits limits = new PortLimits(1000, 0, 60, 3_000, 200, List.of());
        ConcurrentLinkedQueue<HttpServerRequest> kept = new ConcurrentLinkedQueue<>();
        int port = start(HttpListener.Kind.PUBLIC, limits, (request, body) -> kept.add(request));
        String whole = post("/", "Content-Length: 1000", "Connection: close") + "x".repeat(1000);
        List<Raw> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(new Raw(port).send(whole));
        }
        await(() -> kept.size() == 3);

        assertThat(Raw.ask(port, whole)).startsWith("HTTP/1.1 503").contains("Retry-After: 5\r\n");

        kept.forEach(request -> request.response().end());
        for (Raw one : waiting) {
            assertThat(one.rest()).startsWith("HTTP/1.1 200");
        }
        try (Raw again = new Raw(port).send(whole)) {
            await(() -> kept.size() == 4);
            kept.forEach(request -> {
                if (!request.response().ended()) {
                    request.response().end();
                }
            });
            assertThat(again.rest()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void clientsThatHangUpGiveBackWhatTheyHeld() throws Exception {
        PortLimits limits = new PortLimits(1000, 0, 60, 2_000, 200, List.of());
        int port = start(HttpListener.Kind.PUBLIC, limits, this::good);
        for (int i = 0; i < 50; i++) {
            try (Raw raw = new Raw(port)) {
                raw.send(post("/", "Content-Length: 1000") + "x".repeat(900));
            }
        }
        String whole = post("/", "Content-Length: 1000", "Connection: close") + "x".repeat(1000);
        await(() -> ask(port, whole).startsWith("HTTP/1.1 200"));
        assertThat(meters.get("dragoman.http.bodies").gauge().value()).isZero();
    }

    @Test
    void forgeriesHear429AndAGoodRequestFromTheSameAddressPasses() throws Exception {
        Signed signed = new Signed();
        int port = start(HttpListener.Kind.PUBLIC, LIMITS, signed);
        List<Integer> forged = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            forged.add(Raw.status(Raw.ask(port, get("Connection: close"))));
        }

        assertThat(forged.subList(0, 60)).containsOnly(401);
        assertThat(forged.subList(62, 70)).containsOnly(429);
        assertThat(Raw.ask(port, get("Signature: good", "Connection: close"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void guessedTokensShutTheAddressOutBeforeTheNextGuess() throws Exception {
        Signed signed = new Signed();
        int port = start(HttpListener.Kind.ADMIN, LIMITS, signed);
        for (int i = 0; i < 65; i++) {
            Raw.ask(port, get("Authorization: Bearer " + i, "Connection: close"));
        }

        assertThat(signed.looked.get()).isBetween(60, 62);
        assertThat(Raw.ask(port, get("Authorization: Bearer x", "Signature: good", "Connection: close")))
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: 60\r\n");
    }

    private int start(HttpListener.Kind kind, PortLimits limits, HttpListener.Handler handler)
            throws HttpListener.PortInUse {
        HttpListener port = new HttpListener(vertx, "127.0.0.1", 0, kind, limits, meters, handler);
        ports.add(port);
        return port.start(1);
    }

    private void good(HttpServerRequest request, byte[] body) {
        handled.incrementAndGet();
        request.response().end();
    }

    private static String get(String... headers) {
        return "GET / HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static String post(String path, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static String ask(int port, String request) {
        try {
            return Raw.ask(port, request);
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Takes what carries the one good signature. */
    private static final class Signed implements HttpListener.Handler {
        private final AtomicInteger looked = new AtomicInteger();
        private volatile AuthFailureTracker refusals = AuthFailureTracker.UNCOUNTED;

        @Override
        public void refuseBy(AuthFailureTracker refusals) {
            this.refusals = refusals;
        }

        @Override
        public void handle(HttpServerRequest request, byte[] body) {
            looked.incrementAndGet();
            if ("good".equals(request.getHeader("Signature"))) {
                request.response().end();
            } else {
                refusals.refuse(request, ProblemDetails.of(401, "no"));
            }
        }
    }
}
