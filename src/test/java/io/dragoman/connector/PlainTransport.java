// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.contract.ContractTransport;
import io.dragoman.http.client.HttpTransport;
import io.dragoman.http.client.SsrfGuard;
import io.dragoman.http.client.TransportSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A {@link Transport} for tests of one connector, with the clock of this machine. */
public class PlainTransport extends ContractTransport {
    public PlainTransport() {
        this(Duration.ofSeconds(10));
    }

    /** A wire that waits for an answer no longer than this. */
    public PlainTransport(Duration longest) {
        super(longest, Clock.systemUTC());
    }

    @Override
    public TextSocket webSocket(HttpCall call, int largest) throws TransportFailure {
        calls().add(call);
        return Sockets.GUARDED.webSocket(call, largest);
    }

    /** Made for the first test that opens one. */
    private static final class Sockets {
        private static final HttpTransport GUARDED =
                new HttpTransport(TransportSettings.standard(), new SsrfGuard(false, List.of()));
    }
}
