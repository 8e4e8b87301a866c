// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.TransportFailure;
import java.net.URI;
import java.util.Map;

/** A wire that follows redirects of downloads as the contract says: as many as asked, credentials to no other host. */
final class FollowingTransport extends PlainTransport {
    @Override
    public Download download(HttpCall call, long largest) throws TransportFailure {
        Download download = super.download(call, largest);
        if (call.redirects() == 0
                || !(download instanceof Download.Answered answered)
                || answered.response().status() / 100 != 3) {
            return download;
        }
        URI next = call.uri().resolve(answered.response().headers().getOrDefault("location", "/"));
        boolean same = next.getRawAuthority().equals(call.uri().getRawAuthority());
        return download(
                new HttpCall(
                        "GET",
                        next,
                        Map.of(),
                        same ? call.authorization() : null,
                        null,
                        call.trusted(),
                        call.timeout(),
                        call.redirects() - 1),
                largest);
    }
}
