// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * The tokens by which visitors are known, and the proof of what the intake takes in for them. Both are signed with keys
 * that only this installation can make for this account, and neither is accepted in the place of the other.
 */
final class VisitorTokens {
    /** Headers of what the intake stores: who it is, and the proof over that, the path and the body. */
    static final String VISITOR = "dragoman-visitor";

    static final String PROOF = "dragoman-visitor-proof";

    private final Account account;

    VisitorTokens(Account account) {
        this.account = account;
    }

    /** A new token. */
    String make(Visitor visitor, Instant now, Duration life) {
        ObjectNode claims = visitor.json();
        claims.put("iat", now.getEpochSecond()).put("exp", now.plus(life).getEpochSecond());
        String signed = encoded(Json.bytes(claims));
        return signed + "." + encoded(hash("webchat token", signed.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Who sent a request.
     *
     * @param authorization the header's value
     * @throws AuthenticationFailed when it holds no token of ours, or one that has expired
     */
    Visitor check(String authorization, Instant now) throws AuthenticationFailed {
        String token = authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
        int dot = token.indexOf('.');
        String signed = token.substring(0, Math.max(dot, 0));
        byte[] expected = encoded(hash("webchat token", signed.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, token.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
            throw new AuthenticationFailed("the visitor's token is missing or wrong");
        }
        JsonFields claims = claims(signed);
        try {
            if (!now.isBefore(claims.seconds("exp"))) {
                throw new AuthenticationFailed("the visitor's token has expired");
            }
        } catch (MalformedPayload e) {
            throw new AuthenticationFailed("the visitor's token does not say when it expires");
        }
        return Visitor.read(claims);
    }

    /** What the intake stores of a request: without the token, and with a proof of who it is from. */
    Request proven(Visitor visitor, Request request) {
        String claims = encoded(Json.bytes(visitor.json()));
        String proof = encoded(proof(claims, request.path(), request.body()));
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                "",
                Map.of(VISITOR, claims, PROOF, proof, "content-type", "application/json"),
                request.body(),
                request.receivedAt());
    }

    Verified verify(Request request) throws AuthenticationFailed {
        byte[] expected = encoded(proof(request.header(VISITOR).orElse(""), request.path(), request.body()))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] given = request.header(PROOF).orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, expected, given, "the visitor's proof");
    }

    /** Who sent what was proven. */
    static Visitor visitor(Verified verified) throws MalformedPayload {
        try {
            return Visitor.read(claims(verified.request().header(VISITOR).orElse("")));
        } catch (AuthenticationFailed e) {
            throw new MalformedPayload("it names no visitor");
        }
    }

    private static JsonFields claims(String encoded) throws AuthenticationFailed {
        try {
            return JsonFields.of(Base64.getUrlDecoder().decode(encoded));
        } catch (IllegalArgumentException | MalformedPayload e) {
            throw new AuthenticationFailed("the visitor's token holds no claims");
        }
    }

    private byte[] proof(String claims, String path, byte[] body) {
        return hash("webchat intake", (claims + "\n" + path + "\n").getBytes(StandardCharsets.UTF_8), body);
    }

    private byte[] hash(String purpose, byte[]... pieces) {
        return Signature.hmac("HmacSHA256", account.key(purpose), pieces);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
