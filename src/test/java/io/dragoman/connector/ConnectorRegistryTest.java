// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.TestConnector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConnectorRegistryTest {
    private static final Account POLLY = new Account(
            TestConnector.PARROT.side(),
            "polly",
            "parrot",
            Map.of(),
            false,
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key")));

    @Test
    void whatIsReplacedIsGoneButItsKindIsStillKnown() {
        ConnectorRegistry registry = new ConnectorRegistry(accounts(POLLY));
        ConfiguredAccounts before = registry.now();
        registry.replace(accounts());
        assertThat(registry.find("polly")).isEmpty();
        assertThat(registry.all()).isEmpty();
        assertThat(registry.kind("polly")).contains("parrot");
        assertThat(registry.kind("nobody")).isEmpty();
        assertThat(before.find("polly")).as("who began with it goes on with it").isPresent();
    }

    private static ConfiguredAccounts accounts(Account... channels) {
        return ConfiguredAccounts.of(
                List.of(channels),
                List.of(),
                TestConnector.ALL,
                new ConversationPolicy(null, Duration.ofDays(7), Duration.ofSeconds(5)),
                Set.of(),
                OpeningHours.NONE);
    }
}
