// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Token (RFC 7519) in a header. The algorithm is the profile's, never the token's; {@code exp} and {@code
 * nbf} are looked at where they stand in it.
 *
 * @param prefix what stands before it, such as {@code Bearer } with its space; empty for nothing
 * @param algorithm {@code HS256}, {@code HS512}, {@code RS256} or {@code ES256}
 * @param setting that holds the key: a secret for {@code HS…}, a JSON Web Key Set (RFC 7517) for the others
 * @param body the claim that proves the body; null where the token does not
 * @param tolerance how far the clocks may differ
 */
record JwtCheck(
        HeaderPart header,
        String prefix,
        String algorithm,
        String setting,
        @Nullable BodyClaim body,
        Duration tolerance)
        implements ProofCheck {
    private static final int COORDINATE = 32;

    @Override
    public Set<String> headers() {
        return Set.of(header.name());
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<String> key = SettingText.find(account, setting);
        if (key.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String value = header.in(request);
        String[] parts = token(request).split("\\.", 4);
        if (parts.length != 3 || !value.startsWith(prefix)) {
            throw failed();
        }
        Map<?, ?> head = map(parts[0]);
        Map<?, ?> claims = map(parts[1]);
        if (!algorithm.equals(head.get("alg"))) {
            throw failed();
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8);
        Verified verified = algorithm.startsWith("HS")
                ? byHash(request, key.get(), signed, parts[2])
                : byKey(
                        request,
                        key.get(),
                        signed,
                        parts[2],
                        String.valueOf(head.containsKey("kid") ? head.get("kid") : ""));
        checkTime(claims.get("exp"), request.receivedAt(), -1);
        checkTime(claims.get("nbf"), request.receivedAt(), 1);
        if (body != null) {
            body.check(claims, request, header.name());
        }
        return verified;
    }

    private Verified byHash(Request request, String key, byte[] signed, String given) throws AuthenticationFailed {
        byte[] hash = Signature.hmac("HmacSHA" + algorithm.substring(2), key.getBytes(StandardCharsets.UTF_8), signed);
        return Signature.match(
                request,
                TextCodes.encode(hash, "base64url").getBytes(StandardCharsets.UTF_8),
                given.getBytes(StandardCharsets.UTF_8),
                header.name());
    }

    private Verified byKey(Request request, String set, byte[] signed, String given, String id)
            throws AuthenticationFailed {
        byte[] signature = decoded(given);
        if (!TextCodes.encode(signature, "base64url").equals(given)) {
            throw failed();
        }
        boolean rsa = algorithm.equals("RS256");
        return Signature.verify(
                request,
                rsa ? "SHA256withRSA" : "SHA256withECDSA",
                PublicKeys.ofSet(set, rsa ? "RSA" : "EC", id),
                signed,
                rsa ? signature : der(signature),
                header.name());
    }

    /** Java's form of a signature on a curve, of the token's (RFC 7518 §3.4). */
    private byte[] der(byte[] signature) throws AuthenticationFailed {
        if (signature.length != 2 * COORDINATE) {
            throw failed();
        }
        byte[] r = new BigInteger(1, Arrays.copyOf(signature, COORDINATE)).toByteArray();
        byte[] s = new BigInteger(1, Arrays.copyOfRange(signature, COORDINATE, 2 * COORDINATE)).toByteArray();
        byte[] der = new byte[6 + r.length + s.length];
        der[0] = 0x30;
        der[1] = (byte) (der.length - 2);
        der[2] = 2;
        der[3] = (byte) r.length;
        System.arraycopy(r, 0, der, 4, r.length);
        der[4 + r.length] = 2;
        der[5 + r.length] = (byte) s.length;
        System.arraycopy(s, 0, der, 6 + r.length, s.length);
        return der;
    }

    private void checkTime(@Nullable Object claim, Instant now, int direction) throws AuthenticationFailed {
        if (claim == null) {
            return;
        }
        Instant limit =
                ProviderTime.find(String.valueOf(Expression.asText(claim))).orElseThrow(this::failed);
        Duration beyond = direction < 0 ? Duration.between(limit, now) : Duration.between(now, limit);
        if (beyond.compareTo(tolerance) > 0) {
            throw new AuthenticationFailed(header.name() + " has no time near ours");
        }
    }

    @Override
    public Optional<Object> claims(Request request) {
        Map<?, ?> claims = claimsOf(token(request));
        return claims.isEmpty() ? Optional.empty() : Optional.of(claims);
    }

    /** The claims of a token, whoever signed it; none where it is no token. */
    static Map<?, ?> claimsOf(String token) {
        String[] parts = token.split("\\.", 4);
        try {
            byte[] json = Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : "");
            return Documents.json(new String(json, StandardCharsets.UTF_8)) instanceof Map<?, ?> map ? map : Map.of();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private String token(Request request) {
        String value = header.in(request);
        return value.startsWith(prefix) ? value.substring(prefix.length()) : value;
    }

    private Map<?, ?> map(String part) throws AuthenticationFailed {
        Object value = Documents.json(new String(decoded(part), StandardCharsets.UTF_8));
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw failed();
    }

    private byte[] decoded(String part) throws AuthenticationFailed {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw failed();
        }
    }

    private AuthenticationFailed failed() {
        return new AuthenticationFailed(header.name() + " does not match");
    }

    @Override
    public String description() {
        return "JSON Web Token (" + algorithm + ")";
    }
}
