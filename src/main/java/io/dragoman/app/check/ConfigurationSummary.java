// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.config.Configuration;
import io.dragoman.config.GatewaySettings;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Connector;
import io.dragoman.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration was understood as. No secret stands in it.
 *
 * @param http address and port that the public listener takes; so with {@code admin}
 * @param desk where conversations go unless a rule says otherwise
 * @param rules the names of the rules, in order; so with the other two
 */
public record ConfigurationSummary(
        String http,
        String publicUrl,
        String admin,
        String store,
        List<AccountSummary> channels,
        List<AccountSummary> desks,
        String desk,
        List<String> rules,
        List<String> replies,
        List<String> hours) {
    /**
     * One channel or desk.
     *
     * @param webhook the address for its webhooks; null when it takes none
     * @param polled whether it polls
     */
    public record AccountSummary(
            String id, String kind, @Nullable String webhook, boolean polled, boolean insecure) {}

    public static ConfigurationSummary of(Configuration configuration, List<Connector> connectors) {
        GatewaySettings gateway = configuration.gateway();
        return new ConfigurationSummary(
                gateway.http().host() + ":" + gateway.http().port(),
                gateway.http().publicUrl().toString(),
                gateway.admin().host() + ":" + gateway.admin().port(),
                gateway.store().url().toString(),
                accounts(connectors, configuration.channels()),
                accounts(connectors, configuration.desks()),
                configuration.desk(),
                ruleNames(configuration.rules()),
                names(configuration.replies(), "replies"),
                names(configuration.hours(), "hours"));
    }

    private static List<AccountSummary> accounts(List<Connector> connectors, List<Account> accounts) {
        return accounts.stream().map(account -> account(connectors, account)).toList();
    }

    private static AccountSummary account(List<Connector> connectors, Account account) {
        Connector connector = connectors.stream()
                .filter(candidate -> candidate.speaksFor(account))
                .findFirst()
                .orElseThrow();
        ConfiguredAccount configured = ConfiguredAccount.of(account, connector);
        return new AccountSummary(
                account.id(),
                account.kind(),
                configured.receivesWebhooks() ? account.callback().toString() : null,
                configured.isPolled(),
                account.insecure());
    }

    /** As written: a name may be made of what must not be shown. */
    private static List<String> ruleNames(@Nullable Node root) {
        if (root == null) {
            return List.of();
        }
        return root.get("rules").map(Node::items).orElse(List.of()).stream()
                .map(rule -> rule.get("name").map(Node::written).orElse("?"))
                .toList();
    }

    private static List<String> names(@Nullable Node root, String key) {
        return root == null
                ? List.of()
                : root.get(key)
                        .map(node -> List.copyOf(node.entries().keySet()))
                        .orElse(List.of());
    }
}
