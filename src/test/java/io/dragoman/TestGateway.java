// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Connector.Side;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Secret;
import io.dragoman.http.server.HttpListener;
import io.dragoman.model.Json;
import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Situation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A whole gateway with one test channel and one test desk. */
public final class TestGateway implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static final Secret TOKEN = new Secret("admin-token-of-the-test");

    public final TestChannel channel;
    public final TestChannel desk;
    public final TestClock clock = TestClock.running();
    public final Gateway gateway;

    public TestGateway(Path data) throws HttpListener.PortInUse {
        this(data, situation -> Decision.NOTHING);
    }

    public TestGateway(Path data, Function<Situation, Decision> rules) throws HttpListener.PortInUse {
        this(data, rules, new TestChannel(Side.CHANNEL), new TestChannel(Side.DESK), setup -> setup);
    }

    /** With another store or other patience. */
    public TestGateway(
            Path data,
            Function<Situation, Decision> rules,
            TestChannel channel,
            TestChannel desk,
            UnaryOperator<Setup> change)
            throws HttpListener.PortInUse {
        this.channel = channel;
        this.desk = desk;
        Account.Installation home =
                new Account.Installation(URI.create("http://localhost:8080"), new Secret("test key"));
        ConnectorRegistry registry = new ConnectorRegistry(
                Map.of("shop", configured("shop", channel, home)),
                Map.of("desk", configured("desk", desk, home)),
                "desk",
                Duration.ofDays(7),
                Duration.ofSeconds(5));
        gateway = Gateway.start(change.apply(new Setup(
                        data,
                        data.resolve("dragoman.db"),
                        List.of("file:routes/*.camel.yaml"),
                        registry,
                        rules,
                        "127.0.0.1",
                        0,
                        1024 * 1024,
                        1024 * 1024,
                        home.publicUrl(),
                        home.key(),
                        clock,
                        new Random(1),
                        failure -> {})
                .withAdmin(new Setup.Admin("127.0.0.1", 0, TOKEN))));
    }

    private static ConfiguredAccount configured(String id, TestChannel connector, Account.Installation home) {
        Map<String, Object> values =
                Map.of("secret", new Secret("secret of " + id), "onUncertain", connector.onUncertain);
        return new ConfiguredAccount(new Account(id, connector.kind(), values, false, home), connector);
    }

    public int post(String body) {
        return post("/channels/shop", body, TestChannel.sign("secret of shop", body.getBytes(StandardCharsets.UTF_8)));
    }

    int postDesk(String body) {
        return post("/desks/desk", body, TestChannel.sign("secret of desk", body.getBytes(StandardCharsets.UTF_8)));
    }

    int post(String path, String body, String signature) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.publicPort() + path))
                                    .header("X-Signature", signature)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request to the admin port with its token and, where there is one, a JSON body. */
    public HttpResponse<String> admin(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .header("Authorization", "Bearer " + TOKEN.value())
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = send(request.build());
        ApiDocument.demand(method, path, response);
        return response;
    }

    /** Reads JSON from the admin port, which must be there. */
    public JsonNode admin(String path) {
        HttpResponse<String> response = admin("GET", path, null);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + " " + response.body());
        }
        try {
            return Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
