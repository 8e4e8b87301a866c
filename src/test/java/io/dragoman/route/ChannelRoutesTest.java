// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestChannel;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.ConversationPolicy;
import io.dragoman.connector.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChannelRoutesTest {
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key"));

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ChannelRoutes routes = new ChannelRoutes(camel);

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("webhook")
                        .templateParameter("channel")
                        .from("direct:{{channel}}")
                        .setBody()
                        .constant("{{channel}}");
            }
        });
        routes.prepare(accounts(Map.of("a", "1", "b", "1")));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void onlyWhatDiffersIsTouched() throws Exception {
        Object untouched = camel.getRoute("webhook:a");
        Object before = camel.getRoute("webhook:b");
        assertThat(routes.follow(accounts(Map.of("a", "1", "b", "1")), accounts(Map.of("a", "1", "b", "2", "c", "1"))))
                .containsExactly("b", "c");
        assertThat(camel.getRoute("webhook:a")).isSameAs(untouched);
        assertThat(camel.getRoute("webhook:b")).isNotNull().isNotSameAs(before);
        assertThat(running()).isEqualTo(Map.of("webhook:a", true, "webhook:b", true, "webhook:c", true));
        assertThat(camel.createProducerTemplate().requestBody("direct:c", "", String.class))
                .isEqualTo("c");
    }

    @Test
    void nothingIsLeftOfWhatComesAndGoes() throws Exception {
        ConfiguredAccounts one = accounts(Map.of("a", "1", "b", "1"));
        ConfiguredAccounts two = accounts(Map.of("a", "1", "c", "1"));
        for (int i = 0; i < 20; i++) {
            routes.follow(one, two);
            routes.follow(two, one);
        }
        assertThat(camel.getRoutes()).hasSize(2);
        assertThat(camel.getRouteDefinitions()).hasSize(2);
        assertThat(camel.getEndpoints()).hasSize(2);
    }

    @Test
    void oneThatDoesNotStartHoldsUpNoOther() throws Exception {
        // somebody else's route has the id already, and cannot be replaced while it runs
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:taken").routeId("webhook:c").setBody().constant("taken");
            }
        });
        routes.follow(accounts(Map.of("a", "1", "b", "1")), accounts(Map.of("a", "1", "b", "1", "c", "1", "d", "1")));
        assertThat(running()).containsEntry("webhook:a", true).containsEntry("webhook:d", true);
    }

    private Map<String, Boolean> running() {
        return camel.getRoutes().stream()
                .map(Route::getId)
                .collect(Collectors.toMap(
                        id -> id,
                        id -> camel.getRouteController().getRouteStatus(id).isStarted()));
    }

    private static ConfiguredAccounts accounts(Map<String, String> secrets) {
        TestChannel connector = new TestChannel();
        Map<String, ConfiguredAccount> channels = new HashMap<>();
        secrets.forEach((id, secret) -> channels.put(
                id,
                new ConfiguredAccount(
                        new Account(connector.side(), id, "test", Map.of("secret", new Secret(secret)), false, HOME),
                        connector)));
        return new ConfiguredAccounts(
                channels, Map.of(), new ConversationPolicy(null, Duration.ofDays(7), Duration.ofSeconds(5)));
    }
}
