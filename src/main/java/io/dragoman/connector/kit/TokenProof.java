// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A JSON Web Token with HMAC-SHA256 (RFC 7519, RFC 7515) by which a provider proves a request. Whatever algorithm the
 * token itself names, no other is taken.
 *
 * @param verified the request, once the token's signature is right
 * @param claims what the token says; what it must say the connector checks, by {@link #hash} and {@link #notBefore}
 */
public record TokenProof(Verified verified, JsonFields claims) {

    /** Checks the token's signature; {@code what} names it for the refusal. */
    public static TokenProof of(Request request, String token, Secret key, String what) throws AuthenticationFailed {
        int dot = token.lastIndexOf('.');
        String signed = token.substring(0, Math.max(dot, 0));
        byte[] hash = Signature.hmac("HmacSHA256", key.bytes(), signed.getBytes(StandardCharsets.UTF_8));
        // compared as text: a decoder would let through the same bytes in other letters
        byte[] expected = Base64.getUrlEncoder().withoutPadding().encode(hash);
        byte[] given = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        Verified verified = Signature.match(request, expected, given, what);
        try {
            byte[] claims = Base64.getUrlDecoder().decode(signed.substring(signed.indexOf('.') + 1));
            return new TokenProof(verified, JsonFields.of(claims));
        } catch (IllegalArgumentException | MalformedPayload e) {
            throw new AuthenticationFailed(what + " holds no claims");
        }
    }

    /** Demands that a claim is the SHA-256 of these bytes, in hexadecimal digits. */
    public TokenProof hash(String claim, byte[] bytes) throws AuthenticationFailed {
        if (!Hashes.sha256Hex(bytes).equals(claims.word(claim))) {
            throw new AuthenticationFailed("the token's " + claim + " does not match");
        }
        return this;
    }

    /** Demands that a claim is a time in seconds, at most so long ago and no later than a minute from now. */
    public TokenProof notBefore(String claim, Instant now, Duration longest) throws AuthenticationFailed {
        Instant at;
        try {
            at = claims.seconds(claim);
        } catch (MalformedPayload | DateTimeException e) {
            throw new AuthenticationFailed("the token's " + claim + " is no time");
        }
        fresh(at, now, longest, "the token");
        return this;
    }

    /** Demands that something was made at most so long ago and no later than a minute from now. */
    public static void fresh(Instant at, Instant now, Duration longest, String what) throws AuthenticationFailed {
        if (at.isBefore(now.minus(longest)) || at.isAfter(now.plusSeconds(60))) {
            throw new AuthenticationFailed(what + " is too old, or the clocks differ");
        }
    }

    @Override
    public String toString() {
        return "TokenProof[…]";
    }
}
