// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All channels and desks of one configuration with the code for each. Immutable.
 *
 * @param policy how conversations go on between them; its desk is one of these
 */
public record ConfiguredAccounts(
        Map<String, ConfiguredAccount> channels, Map<String, ConfiguredAccount> desks, ConversationPolicy policy) {
    public ConfiguredAccounts {
        channels = Map.copyOf(channels);
        desks = Map.copyOf(desks);
    }

    /**
     * Puts accounts and code together.
     *
     * @param connectors the code, which must have every account's kind
     */
    public static ConfiguredAccounts of(
            List<Account> channels, List<Account> desks, List<Connector> connectors, ConversationPolicy policy) {
        Map<String, Connector> byKind = new HashMap<>();
        connectors.forEach(connector -> byKind.put(connector.kind(), connector));
        return new ConfiguredAccounts(configured(channels, byKind), configured(desks, byKind), policy);
    }

    private static Map<String, ConfiguredAccount> configured(List<Account> accounts, Map<String, Connector> byKind) {
        Map<String, ConfiguredAccount> configured = new LinkedHashMap<>();
        for (Account account : accounts) {
            Connector connector = byKind.get(account.kind());
            if (connector == null) {
                throw new IllegalArgumentException(account.id() + " has no connector for its kind " + account.kind());
            }
            configured.put(account.id(), new ConfiguredAccount(account, connector));
        }
        return configured;
    }

    /** A channel or desk by its id. */
    public Optional<ConfiguredAccount> find(String id) {
        return Optional.ofNullable(channels.getOrDefault(id, desks.get(id)));
    }

    /** Channels and desks. */
    public Stream<ConfiguredAccount> all() {
        return Stream.concat(channels.values().stream(), desks.values().stream());
    }
}
