// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.CurrentTenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One port, several tenants: each gets its own requests, and none takes what the others need. */
final class SharedPortTest {
    private static final PortLimits ALL = new PortLimits(1_000, 0, 60, 4_000, 8, List.of());

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    private SharedPort port;
    private int number;

    private void start(PortLimits limits, int rate) throws Exception {
        port = new SharedPort(
                vertx,
                "127.0.0.1",
                0,
                HttpListener.Kind.PUBLIC,
                limits,
                rate,
                new SimpleMeterRegistry(),
                (request, body) -> request.response().end("own " + request.path()),
                Set.of("a", "b", "later")::contains);
        number = port.start(1);
        for (String tenant : new String[] {"a", "b"}) {
            new HttpListener(port.place(tenant), limits, meters, this::answer).start(1);
        }
    }

    private void answer(HttpServerRequest request, byte[] body) {
        if (request.path().equals("/hold")) {
            held.add(request);
        } else {
            request.response()
                    .end(CurrentTenant.name() + " " + request.path() + " " + request.uri() + " " + body.length);
        }
    }

    @AfterEach
    void stop() {
        held.forEach(request -> request.response().end());
        port.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @DisplayName("a tenant sees its paths without what stands before them, and its work bears its name")
    void pathsShouldBeTheTenants() throws Exception {
        start(ALL, 0);
        assertThat(get("/t/a/channels/x?y=1").body()).isEqualTo("a /channels/x /channels/x?y=1 0");
        assertThat(get("/t/b").body()).isEqualTo("b / / 0");
        assertThat(get("/t/ab/x").body()).isEqualTo("own /t/ab/x");
        assertThat(get("/health").body()).isEqualTo("own /health");
        HttpResponse<String> later = get("/t/later/x");
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    @DisplayName("one whose answers do not come takes half of the places, and the other still gets in")
    void halfOfThePlacesShouldBeTheMost() throws Exception {
        start(ALL, 0);
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(http.sendAsync(request("/t/a/hold"), HttpResponse.BodyHandlers.ofString()));
        }
        await(() -> held.size() == 4);
        assertThat(get("/t/a/x").statusCode()).isEqualTo(503);
        assertThat(get("/t/b/x").statusCode()).isEqualTo(200);
        held.remove().response().end();
        await(() -> waiting.stream().anyMatch(CompletableFuture::isDone));
        assertThat(get("/t/a/x").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("bodies of one take half of the memory for all, and all together no more than all of it")
    void memoryShouldBeShared() throws Exception {
        start(ALL, 0); // 4,000 bytes for all, so 2,000 for one
        for (int i = 0; i < 2; i++) {
            post("/t/a/hold", 1_000);
        }
        await(() -> held.size() == 2);
        assertThat(post("/t/a/x", 500).join().statusCode()).isEqualTo(503);
        post("/t/b/hold", 1_000);
        post("/t/b/hold", 900);
        await(() -> held.size() == 4);
        assertThat(post("/t/b/x", 101).join().statusCode()).isEqualTo(503);
        assertThat(post("/t/b/x", 99).join().statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("of so many requests a second one tenant's flood is its own")
    void rateShouldBeOfATenant() throws Exception {
        start(ALL, 5);
        int refused = 0;
        for (int i = 0; i < 30; i++) {
            refused += get("/t/a/x").statusCode() == 429 ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(get("/t/b/x").statusCode()).isEqualTo(200);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    private CompletableFuture<HttpResponse<String>> post(String path, int bytes) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + number + path))
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(bytes)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + number + path))
                .build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        io.dragoman.TestGateway.await("it", condition);
    }
}
