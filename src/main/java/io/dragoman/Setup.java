// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Secret;
import io.dragoman.delivery.DeliveryPolicy;
import io.dragoman.http.Cidr;
import io.dragoman.http.server.PortLimits;
import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Situation;
import io.dragoman.store.StoreUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a gateway is made of.
 *
 * @param data the folder that holds what must last
 * @param store which store
 * @param routes where the route files are, as Camel names resources
 * @param deliveries how long they are tried
 * @param host where the public port listens
 * @param port 0 for any free one
 * @param publicUrl where the outside world reaches the public port
 * @param admin the port for operators; null for none
 * @param key made at the first start and kept with the data
 * @param random for ids and for waits that should not meet
 * @param fatal told when the store failed and the process should end
 * @param edges what others may do to the ports, and where links may lead
 */
public record Setup(
        Path data,
        StoreUrl store,
        List<String> routes,
        ConnectorRegistry registry,
        Function<Situation, Decision> rules,
        DeliveryPolicy deliveries,
        String host,
        int port,
        int largestBody,
        long largestMedia,
        URI publicUrl,
        @Nullable Admin admin,
        Secret key,
        Clock clock,
        Random random,
        Consumer<Throwable> fatal,
        Edges edges) {

    /** On the embedded store, with what holds when nothing is configured, and without an admin port. */
    public Setup(
            Path data,
            Path database,
            List<String> routes,
            ConnectorRegistry registry,
            Function<Situation, Decision> rules,
            String host,
            int port,
            int largestBody,
            long largestMedia,
            URI publicUrl,
            Secret key,
            Clock clock,
            Random random,
            Consumer<Throwable> fatal) {
        this(
                data,
                new StoreUrl.Sqlite(database),
                routes,
                registry,
                rules,
                DeliveryPolicy.STANDARD,
                host,
                port,
                largestBody,
                largestMedia,
                publicUrl,
                null,
                key,
                clock,
                random,
                fatal,
                new Edges(PortLimits.standard(largestBody), List.of()));
    }

    /** The same with another store. */
    public Setup withStore(StoreUrl other) {
        return with(other, admin, deliveries);
    }

    /** The same with a port for operators. */
    public Setup withAdmin(Admin other) {
        return with(store, other, deliveries);
    }

    /** The same with other patience. */
    public Setup withDeliveries(DeliveryPolicy other) {
        return with(store, admin, other);
    }

    private Setup with(StoreUrl otherStore, @Nullable Admin otherAdmin, DeliveryPolicy otherDeliveries) {
        return new Setup(
                data,
                otherStore,
                routes,
                registry,
                rules,
                otherDeliveries,
                host,
                port,
                largestBody,
                largestMedia,
                publicUrl,
                otherAdmin,
                key,
                clock,
                random,
                fatal,
                edges);
    }

    /**
     * The port for operators.
     *
     * @param port 0 for any free one
     * @param token that every request must carry
     */
    public record Admin(String host, int port, Secret token) {}

    /**
     * Where the gateway meets strangers.
     *
     * @param limits of the public port; the admin port's are the same but for the size of bodies
     * @param allowPrivate the private addresses that links in messages may lead to
     */
    public record Edges(PortLimits limits, List<Cidr> allowPrivate) {
        public Edges {
            allowPrivate = List.copyOf(allowPrivate);
        }
    }
}
