// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Cidr;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.http.client.SsrfGuard;
import io.dragoman.http.client.TransportSettings;
import io.dragoman.route.GatewayTransport;
import io.dragoman.store.blob.MediaFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;

/** The product's wire, with less patience than any connector has. */
final class HastyTransport implements Transport, AutoCloseable {
    /** What a call may take at most when every single byte comes in time: the wire gives four of its timeouts. */
    static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final GatewayTransport transport;

    HastyTransport(Path media) {
        camel.start();
        TransportSettings usual = TransportSettings.standard();
        TransportSettings hasty = new TransportSettings(
                64, PATIENCE, usual.largestResponse(), usual.largestMedia(), PATIENCE, usual.tls());
        transport = new GatewayTransport(
                camel,
                hasty,
                new SsrfGuard(false, List.of(Cidr.parse("127.0.0.1/32"))),
                new MediaFiles(media),
                id -> Optional.empty(),
                (channel, entry) -> {},
                GatewayTransport.Spending.NONE,
                new AccessTokens(),
                Clock.systemUTC());
    }

    private static HttpCall hasty(HttpCall call) {
        return call.timeout(call.timeout().compareTo(PATIENCE) < 0 ? call.timeout() : PATIENCE);
    }

    @Override
    public Response http(HttpCall call) throws TransportFailure {
        return transport.http(hasty(call));
    }

    @Override
    public Download download(HttpCall call, long largest) throws TransportFailure {
        return transport.download(hasty(call), largest);
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
        return transport.keep(bytes, mimeType);
    }

    @Override
    public InputStream open(String mediaId) throws IOException {
        return transport.open(mediaId);
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail)
            throws TransportFailure {
        return transport.smtp(server, envelopeFrom, to, mail);
    }

    @Override
    public Clock clock() {
        return transport.clock();
    }

    @Override
    public void close() {
        transport.close();
        camel.stop();
    }
}
