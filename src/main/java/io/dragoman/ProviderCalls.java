// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.config.GatewaySettings;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Transport;
import io.dragoman.http.client.SsrfGuard;
import io.dragoman.http.client.TransportSettings;
import io.dragoman.route.GatewayTransport;
import io.dragoman.store.blob.RefreshTokenFiles;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** The door out for a command that asks a provider something, where no gateway runs in the process. */
public final class ProviderCalls implements AutoCloseable {
    private final CamelContext camel = new DefaultCamelContext();
    private final GatewayTransport transport;

    /** @param settings of the gateway in whose name it asks */
    public ProviderCalls(GatewaySettings settings, Clock clock) {
        transport = new GatewayTransport(
                camel,
                TransportSettings.standard(),
                new SsrfGuard(false, settings.allowPrivate()),
                MediaPlace.readOnly(settings.store(), clock),
                id -> Optional.empty(),
                (channel, entry) -> {
                    throw new IllegalStateException("nothing is published here");
                },
                GatewayTransport.Spending.NONE,
                new AccessTokens(new RefreshTokenFiles(settings.store().data())),
                clock);
    }

    public Transport transport() {
        return transport;
    }

    @Override
    public void close() {
        transport.close();
        camel.stop();
    }
}
