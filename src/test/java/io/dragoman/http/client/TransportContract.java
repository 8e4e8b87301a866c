// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Cidr;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.route.GatewayTransport;
import io.dragoman.store.blob.MediaFiles;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A wire in a real Camel context, and how to use it. */
abstract class TransportContract {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    Path folder;

    private static final CamelContext CAMEL = new DefaultCamelContext();

    static {
        CAMEL.start(); // once for all: nothing of a wire lives in it
    }

    @SuppressWarnings("NullAway.Init")
    private GatewayTransport transport;

    @BeforeEach
    void openWire() {
        transport = transport(new SsrfGuard(false, List.of()));
    }

    @AfterEach
    void closeWire() {
        transport.close();
    }

    GatewayTransport transport() {
        return transport;
    }

    /** Guarded by {@code guard} from now on. */
    GatewayTransport guardedBy(SsrfGuard guard) {
        transport.close();
        transport = transport(guard);
        return transport;
    }

    /** A guard that lets 127.0.0.1 be asked over HTTP on the ports of these servers. */
    static SsrfGuard lenient(Provider... providers) {
        Set<Integer> ports = new java.util.HashSet<>();
        for (Provider provider : providers) {
            ports.add(provider.port());
        }
        return new SsrfGuard(true, ports, List.of(Cidr.parse("127.0.0.1/32")), SystemDefaultDnsResolver.INSTANCE);
    }

    TransportSettings settings() {
        return new TransportSettings(
                8, Duration.ofSeconds(1), 10_000, 100_000, Duration.ofSeconds(1), TestTls.trusting());
    }

    Response get(URI uri) throws TransportFailure {
        return transport.http(HttpCall.get(uri).trusting(uri));
    }

    TransportFailure failure(HttpCall call) {
        return catchThrowableOfType(TransportFailure.class, () -> transport.http(call));
    }

    private GatewayTransport transport(SsrfGuard guard) {
        MediaFiles files = new MediaFiles(folder.resolve("media"));
        return new GatewayTransport(
                CAMEL,
                settings(),
                guard,
                files,
                id -> id.startsWith("m-") ? Optional.of(id.substring(2)) : Optional.empty(),
                (channel, entry) -> {},
                GatewayTransport.Spending.NONE,
                new AccessTokens(),
                CLOCK);
    }

    /** Knows no name but those that a test tells it. */
    interface Names extends DnsResolver {
        @Override
        default String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }
    }
}
