// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.connector.Call;
import io.dragoman.connector.Kept;
import io.dragoman.connector.Response;
import io.dragoman.connector.Wire;
import io.dragoman.connector.WireFailure;
import io.dragoman.media.MediaFiles;
import io.dragoman.net.Cidr;
import io.dragoman.wire.CamelWire;
import io.dragoman.wire.Guard;
import io.dragoman.wire.WireSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;

/** The product's wire, with less patience than any connector has. */
final class HastyWire implements Wire, AutoCloseable {
    /** What a call may take at most when every single byte comes in time: the wire gives four of its timeouts. */
    static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CamelWire wire;

    HastyWire(Path media) {
        camel.start();
        WireSettings usual = WireSettings.standard();
        WireSettings hasty =
                new WireSettings(64, PATIENCE, usual.largestResponse(), usual.largestMedia(), PATIENCE, usual.tls());
        wire = new CamelWire(
                camel,
                hasty,
                new Guard(false, List.of(Cidr.parse("127.0.0.1/32"))),
                new MediaFiles(media),
                id -> Optional.empty(),
                Clock.systemUTC());
    }

    private static Call hasty(Call call) {
        return call.timeout(call.timeout().compareTo(PATIENCE) < 0 ? call.timeout() : PATIENCE);
    }

    @Override
    public Response http(Call call) throws WireFailure {
        return wire.http(hasty(call));
    }

    @Override
    public Download download(Call call, long largest) throws WireFailure {
        return wire.download(hasty(call), largest);
    }

    @Override
    public Kept keep(InputStream bytes, String mimeType) throws IOException {
        return wire.keep(bytes, mimeType);
    }

    @Override
    public InputStream open(String mediaId) throws IOException {
        return wire.open(mediaId);
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail) throws WireFailure {
        return wire.smtp(server, envelopeFrom, to, mail);
    }

    @Override
    public Clock clock() {
        return wire.clock();
    }

    @Override
    public void close() {
        wire.close();
        camel.stop();
    }
}
