// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.connector.TokenEnd.End;
import io.dragoman.model.Hashes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * An access token that is exchanged for a later one while it holds, by nothing but itself, as of an account that logged in
 * at Instagram. What became of the one that is configured is kept, and {@link AccessTokens} renews it.
 *
 * @param account the channel whose token it is, as {@link RefreshTokens} knows it
 * @param configured what the operator set; another one begins anew
 * @param renewal where it is exchanged, by a GET; the operator vouches for it
 * @param type what the server calls that, as {@code grant_type}
 * @param life how long a new one lives, where the server does not say
 */
public record RenewableToken(String account, Secret configured, URI renewal, String type, Duration life)
        implements TokenGrant {
    /** Servers renew no token that is younger; nobody says how old the configured one is. */
    private static final Duration FIRST = Duration.ofDays(1);

    private static final Duration EVERY = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** The one that is configured, from the moment on at which it is first used. */
    RefreshToken first(Instant now) {
        return new RefreshToken(id(), configured, now, now, null);
    }

    /** Whether what is kept came of the one that is configured. */
    boolean isOf(RefreshToken kept) {
        return kept.clientId().equals(id());
    }

    boolean isDue(RefreshToken kept, Instant now) {
        Duration wait = kept.endsAt() == null ? FIRST : EVERY;
        return !now.isBefore(kept.renewedAt().plus(wait));
    }

    /** Shows nothing of the token, which is too long to be guessed. */
    private String id() {
        return Hashes.sha256Hex(configured.bytes());
    }

    /** The request that renews a token. */
    HttpCall call(Secret token) {
        String query =
                "grant_type=" + type + "&access_token=" + URLEncoder.encode(token.value(), StandardCharsets.UTF_8);
        return HttpCall.get(URI.create(renewal + "?" + query))
                .header("Accept", "application/json")
                .trusting(renewal);
    }

    /** The one that takes the place of {@code kept}; empty where the answer has none. */
    Optional<RefreshToken> renewed(RefreshToken kept, Response answer, Instant now) {
        return read(answer) instanceof Granted granted
                ? Optional.of(new RefreshToken(
                        kept.clientId(),
                        granted.token(),
                        kept.loggedInAt(),
                        now,
                        now.plus(granted.seconds() > 0 ? seconds(granted) : life)))
                : Optional.empty();
    }

    private static Duration seconds(Granted granted) {
        return Duration.ofSeconds(Math.min(granted.seconds(), LONGEST.toSeconds()));
    }

    @Override
    public HttpCall call(Instant now) {
        return call(configured);
    }

    @Override
    public Answer read(Response answer) {
        return TokenAnswer.read(renewal, answer, error -> "it does not renew the access token");
    }

    /** One that is not taken any more cannot be renewed either. */
    @Override
    public boolean refuses(Response answer) {
        return false;
    }

    /**
     * When the token of this moment ends; empty before its first use.
     *
     * @param remedy what a person does when it was not renewed
     */
    public Optional<End> end(RefreshTokens logins, String remedy) {
        try {
            return logins.find(account).filter(this::isOf).map(kept -> {
                String since =
                        kept.renewedAt().atZone(ZoneOffset.UTC).toLocalDate().toString();
                return kept.endsAt() == null
                        ? new End(kept.renewedAt().plus(life), "accessToken, which was never renewed,", remedy)
                        : new End(kept.endsAt(), "accessToken, last renewed " + since + ",", remedy);
            });
        } catch (IOException e) { // the next use of the token says so
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "RenewableToken[" + account + ", " + renewal.getHost() + "]";
    }
}
