// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** Nothing leaves: each call is noted; the provider answers with 404, all else is forbidden, as the gateway's guard does. */
final class GuardedTransport extends ContractTransport {
    static final URI PROVIDER = URI.create("https://provider.example:8443");

    GuardedTransport(Clock clock) {
        super(Sending.PATIENCE, clock);
    }

    static boolean isProvider(HttpCall call) {
        return "provider.example".equals(call.uri().getHost());
    }

    @Override
    public Response http(HttpCall call) throws TransportFailure {
        calls().add(call);
        if (!isProvider(call)) {
            throw TransportFailure.forbidden("an address of this machine or its network");
        }
        return new Response(404, Map.of(), new byte[0]);
    }

    @Override
    public Download download(HttpCall call, long largest) throws TransportFailure {
        return new Download.Answered(http(call));
    }
}
