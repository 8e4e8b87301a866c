// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.config.GatewaySettings;
import io.dragoman.config.HomeFolder;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Secret;
import io.dragoman.http.server.SharedPort;
import io.dragoman.rules.Rules;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a gateway is made of.
 *
 * @param accounts the channels and desks to begin with
 * @param rules the rules to begin with
 * @param routes where the route files are, as Camel names resources
 * @param key made at the first start and kept with the data
 * @param adminToken what every request to the admin port must carry; null for no admin port
 * @param home where its configuration is; null where it has none in files
 */
public record Setup(
        GatewaySettings settings,
        ConfiguredAccounts accounts,
        Rules rules,
        List<String> routes,
        Secret key,
        @Nullable Secret adminToken,
        Environment environment,
        @Nullable HomeFolder home) {
    public Setup {
        routes = List.copyOf(routes);
    }

    /** With a configuration that is in no files. */
    public Setup(
            GatewaySettings settings,
            ConfiguredAccounts accounts,
            Rules rules,
            List<String> routes,
            Secret key,
            @Nullable Secret adminToken,
            Environment environment) {
        this(settings, accounts, rules, routes, key, adminToken, environment, null);
    }

    /** The same with other settings. */
    public Setup with(GatewaySettings other) {
        return new Setup(other, accounts, rules, routes, key, adminToken, environment, home);
    }

    /**
     * What the gateway takes from the process that it is in.
     *
     * @param random for ids and for waits that should not meet
     * @param fatal called when the store failed and the process should end
     * @param ports those that tenants share; null for ports of its own
     */
    public record Environment(
            Clock clock,
            Random random,
            Consumer<Throwable> fatal,
            @Nullable TenantPorts ports) {
        /** That of a gateway with ports of its own. */
        public Environment(Clock clock, Random random, Consumer<Throwable> fatal) {
            this(clock, random, fatal, null);
        }
    }

    /**
     * Where a tenant is at the two ports that all share.
     *
     * @param tenant its name
     */
    public record TenantPorts(String tenant, SharedPort publicPort, SharedPort adminPort) {}
}
