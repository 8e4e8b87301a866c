// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Connector;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.model.Json;
import io.dragoman.simulator.teams.TeamsSimulator;
import io.dragoman.work.ChannelActivity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request whose proof needs keys that have to be fetched. */
final class VerifyTest {
    private final TeamsSimulator issuer = new TeamsSimulator(0);
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PlainTransport transport = new PlainTransport();
    private final Queue<Runnable> fetches = new ArrayDeque<>();
    private final AtomicInteger done = new AtomicInteger();
    private Verify verify;
    private String token;

    @BeforeEach
    void start() throws Exception {
        verify = new Verify(meters, new JwksCache(transport, fetches::add), new ChannelActivity());
        token = issuer.proof(Json.tree(body())).get("Authorization");
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private ConfiguredAccount account() {
        Connector teams = Connectors.installed().stream()
                .filter(connector -> connector.kind().equals("teams"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : teams.settings()) {
            String text = issuer.settings().getOrDefault(setting.name(), setting.fallback());
            values.put(setting.name(), setting.parser().apply(text));
        }
        Account.Installation home = new Account.Installation(URI.create("https://chat.example.com"), new Secret("key"));
        return new ConfiguredAccount(new Account(Side.CHANNEL, "shop", "teams", values, false, home), teams);
    }

    private byte[] body() {
        return ("{\"type\":\"typing\",\"channelId\":\"msteams\",\"serviceUrl\":\"" + issuer.baseUrl() + "/teams\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Exchange process(Request.Origin origin, String token) {
        Request request = new Request(
                origin, "POST", "/channels/shop", "", Map.of("authorization", token), body(), Instant.now());
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(new Arrival(account(), List.of(request), null));
        verify.process(exchange, doneSync -> done.incrementAndGet());
        return exchange;
    }

    private static Object body(Exchange exchange) {
        return exchange.getMessage().getBody();
    }

    @Test
    void requestShouldWaitForTheKeysWithoutAThread() {
        Exchange first = process(Request.Origin.RECEIVED, token);
        Exchange second = process(Request.Origin.RECEIVED, token);
        assertThat(done).hasValue(0);
        assertThat(fetches).hasSize(1);
        fetches.remove().run();
        assertThat(done).hasValue(2);
        assertThat(body(first)).isInstanceOf(Arrival.Authentic.class);
        assertThat(body(second)).isInstanceOf(Arrival.Authentic.class);
        process(Request.Origin.RECEIVED, token);
        assertThat(done).as("the keys are there").hasValue(3);
        assertThat(fetches).isEmpty();
    }

    @Test
    void withoutKeysNothingShouldBeTakenNorRefused() {
        issuer.answerNext(500, Map.of(), "{}");
        Exchange exchange = process(Request.Origin.RECEIVED, token);
        fetches.remove().run();
        assertThat(done).hasValue(1);
        assertThat(exchange.getException()).isInstanceOf(JwksCache.Unavailable.class);
        assertThat(body(exchange)).isInstanceOf(Arrival.class);
        assertThat(meters.find("dragoman.refused").counter()).isNull();
    }

    @Test
    void whatNoKeyCouldProveShouldBeRefusedWithoutAny() {
        for (String wrong : List.of(
                "",
                "Bearer ",
                "Bearer not.a.token",
                part(token, 0, "\"alg\":\"RS256\"", "\"alg\":\"none\""),
                part(token, 0, "\"kid\":", "\"kind\":"),
                part(token, 1, "\"iss\":\"", "\"iss\":\"another-"),
                part(token, 1, "\"aud\":\"", "\"aud\":\"another-"),
                part(token, 1, "\"exp\":", "\"exp\":1,\"was\":"),
                part(token, 1, "\"nbf\":", "\"nbf\":99999999999,\"was\":"))) {
            assertRefused(process(Request.Origin.RECEIVED, wrong));
            assertThat(fetches).as(wrong).isEmpty();
        }
        process(Request.Origin.RECEIVED, token);
        assertThat(fetches).as("a token that may be right").hasSize(1);
    }

    /** The token with something else in its header (0) or its claims (1), under the same signature. */
    private static String part(String token, int part, String old, String other) {
        String[] parts = token.substring("Bearer ".length()).split("\\.");
        String json = new String(Base64.getUrlDecoder().decode(parts[part]), StandardCharsets.UTF_8);
        assertThat(json).contains(old);
        parts[part] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.replace(old, other).getBytes(StandardCharsets.UTF_8));
        return "Bearer " + String.join(".", parts);
    }

    @Test
    void unknownKeyShouldBeLookedForOnceAndThenRefused() {
        String unknown = token.replaceFirst(
                "Bearer [^.]+",
                "Bearer "
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString("{\"alg\":\"RS256\",\"kid\":\"x\"}".getBytes(StandardCharsets.UTF_8)));
        Exchange exchange = process(Request.Origin.RECEIVED, unknown);
        fetches.remove().run();
        assertThat(done).as("newer keys are fetched").hasValue(0);
        fetches.remove().run();
        assertRefused(exchange);
        for (int i = 0; i < 20; i++) {
            assertRefused(process(Request.Origin.RECEIVED, unknown));
        }
        assertThat(fetches).isEmpty();
        assertThat(body(process(Request.Origin.RECEIVED, token))).isInstanceOf(Arrival.Authentic.class);
    }

    private static void assertRefused(Exchange exchange) {
        assertThat(exchange.isRouteStop()).isTrue();
        assertThat(body(exchange)).isInstanceOfSatisfying(Acknowledgement.class, answer -> assertThat(answer.status())
                .isEqualTo(401));
    }

    /** It has no header that could hold a token, so no key is asked for. */
    @Test
    void whatARouteBringsShouldBeRefusedAtOnce() {
        assertRefused(process(Request.Origin.ROUTE, ""));
        assertThat(fetches).isEmpty();
        assertThat(body(process(Request.Origin.POLLED, ""))).isInstanceOf(Arrival.Authentic.class);
    }
}
