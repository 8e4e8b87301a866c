// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time at which a request says that it was signed, which must be near that of its receipt.
 *
 * @param tolerance how far it may be away, in both directions
 */
record Freshness(HeaderPart header, Duration tolerance) {
    void check(Request request) throws AuthenticationFailed {
        Optional<Instant> signed = ProviderTime.find(header.in(request));
        if (signed.isEmpty()
                || Duration.between(signed.get(), request.receivedAt()).abs().compareTo(tolerance) > 0) {
            throw new AuthenticationFailed(header.name() + " has no time near ours");
        }
    }
}
