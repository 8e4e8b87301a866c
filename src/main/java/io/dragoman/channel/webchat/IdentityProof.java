// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.TokenProof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A JSON Web Token with HS256 by which the website's own server vouches for a user (RFC 7519). */
final class IdentityProof {
    /** One that lived longer would be as good as a password that is written into a page. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int LONGEST_ID = 200;

    private IdentityProof() {}

    /**
     * What the token says of the user.
     *
     * @throws AuthenticationFailed when it is not signed with the account's secret or the one before, has expired, lives
     *     longer than ten minutes, is for somebody else or names nobody
     */
    static JsonFields check(Account account, Request request, String token) throws AuthenticationFailed {
        List<Secret> secrets = Stream.of(WebChat.IDENTITY_SECRET, WebChat.IDENTITY_OLD_SECRET)
                .flatMap(setting -> account.find(setting).stream())
                .toList();
        AuthenticationFailed last = new AuthenticationFailed("this channel has no identity.secret");
        for (Secret secret : secrets) {
            try {
                return current(
                        account,
                        TokenProof.of(request, token, secret, "the identity token")
                                .claims(),
                        request.receivedAt());
            } catch (AuthenticationFailed e) {
                last = e;
            }
        }
        throw last;
    }

    private static JsonFields current(Account account, JsonFields claims, Instant now) throws AuthenticationFailed {
        try {
            Instant issued = claims.seconds("iat");
            Instant expires = claims.seconds("exp");
            TokenProof.fresh(issued, now, LONGEST, "the identity token");
            boolean shortLived = !expires.isAfter(issued.plus(LONGEST));
            boolean ours = !claims.has("aud") || account.id().equals(claims.word("aud"));
            String user = claims.text("sub");
            if (now.isBefore(expires) && shortLived && ours && user.length() <= LONGEST_ID) {
                return claims;
            }
        } catch (MalformedPayload e) {
            // said below
        }
        throw new AuthenticationFailed(
                "the identity token needs sub, iat and exp, at most ten minutes apart, and no aud"
                        + " but this channel's id; or it has expired");
    }
}
