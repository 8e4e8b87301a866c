// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a login left behind, and what became of it since.
 *
 * @param clientId the program that the person allowed; another one cannot use it
 * @param loggedInAt when the person allowed it
 * @param renewedAt when the authorization server last took it
 * @param endsAt when it ends, where the server said so; null where it did not
 */
public record RefreshToken(
        String clientId,
        Secret value,
        Instant loggedInAt,
        Instant renewedAt,
        @Nullable Instant endsAt) {
    /** That of a new login; empty when there is none in the answer. */
    static Optional<RefreshToken> of(String clientId, Response answer, Instant now) {
        return Optional.ofNullable(TokenAnswer.refreshToken(answer))
                .map(value -> new RefreshToken(clientId, value, now, now, null).renewed(answer, now));
    }

    /** The one that takes its place after a renewal: itself with a later time, where the server gave no new one. */
    RefreshToken renewed(Response answer, Instant now) {
        Secret next = TokenAnswer.refreshToken(answer);
        Duration life = TokenAnswer.refreshLife(answer);
        return new RefreshToken(
                clientId, next == null ? value : next, loggedInAt, now, life == null ? endsAt : now.plus(life));
    }

    @Override
    public String toString() {
        return "RefreshToken[of " + loggedInAt + "]";
    }
}
