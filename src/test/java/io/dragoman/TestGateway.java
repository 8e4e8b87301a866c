// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.http.server.HttpListener;
import io.dragoman.model.Json;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Rules;
import io.dragoman.store.NewStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A whole gateway with one test channel and one test desk. */
public final class TestGateway implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Account.Installation HOME =
            new Account.Installation(URI.create("http://localhost:8080"), new Secret("test key"));

    public static final Secret TOKEN = new Secret("admin-token-of-the-test");

    public final TestChannel channel;
    public final TestDesk desk;
    public final TestClock clock = TestClock.running();
    public final Gateway gateway;

    public TestGateway(Path data) throws HttpListener.PortInUse {
        this(data, situation -> Decision.NOTHING);
    }

    public TestGateway(Path data, Rules rules) throws HttpListener.PortInUse {
        this(data, rules, new TestChannel(), new TestDesk(), setup -> setup);
    }

    /** With another store or other patience. */
    public TestGateway(Path data, Rules rules, TestChannel channel, TestDesk desk, UnaryOperator<Setup> change)
            throws HttpListener.PortInUse {
        this.channel = channel;
        this.desk = desk;
        GatewaySettings settings = TestSettings.local(data, "desk");
        gateway = Gateway.start(NewStore.in(change.apply(new Setup(
                settings,
                new ConfiguredAccounts(
                        configured(Map.of("shop", channel)),
                        configured(Map.of("desk", desk)),
                        settings.conversations()),
                rules,
                List.of("file:routes/*.camel.yaml"),
                HOME.key(),
                TOKEN,
                new Setup.Environment(clock, new Random(1), failure -> {})))));
    }

    private static Map<String, ConfiguredAccount> configured(Map<String, ? extends TestParty<?, ?>> parties) {
        Map<String, ConfiguredAccount> configured = new HashMap<>();
        parties.forEach((id, party) -> configured.put(id, configured(id, party, "secret of " + id)));
        return configured;
    }

    /** A channel or desk of the test with a secret of its own. */
    static ConfiguredAccount configured(String id, TestParty<?, ?> party, String secret) {
        return configured(id, party, secret, Map.of());
    }

    /** The same with more settings. */
    static ConfiguredAccount configured(String id, TestParty<?, ?> party, String secret, Map<String, Object> settings) {
        Map<String, Object> values = new HashMap<>(settings);
        values.put("secret", new Secret(secret));
        values.put("onUncertain", party.onUncertain);
        Connector connector = (Connector) party;
        return new ConfiguredAccount(
                new Account(connector.side(), id, connector.kind(), values, false, HOME), connector);
    }

    public int post(String body) {
        return post("/channels/shop", body, TestChannel.sign("secret of shop", body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Posts with a signature that is none. */
    public int postForged(String body) {
        return post("/channels/shop", body, "00");
    }

    public int postDesk(String body) {
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
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
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
