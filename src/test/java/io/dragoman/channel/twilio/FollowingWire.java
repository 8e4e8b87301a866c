// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.Call;
import io.dragoman.connector.PlainWire;
import io.dragoman.connector.WireFailure;
import java.net.URI;
import java.util.Map;

/** A wire that follows redirects of downloads as the contract says: as many as asked, credentials to no other host. */
final class FollowingWire extends PlainWire {
    @Override
    public Download download(Call call, long largest) throws WireFailure {
        Download download = super.download(call, largest);
        if (call.redirects() == 0
                || !(download instanceof Download.Answered answered)
                || answered.response().status() / 100 != 3) {
            return download;
        }
        URI next = call.uri().resolve(answered.response().headers().getOrDefault("location", "/"));
        boolean same = next.getRawAuthority().equals(call.uri().getRawAuthority());
        return download(
                new Call(
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
