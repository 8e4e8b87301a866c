// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A JSON Web Token (RFC 7519, RFC 7515) by which a sender proves a request, signed with one of the keys that it
 * publishes. The algorithm is one of those that the connector names, whatever else the token says; a key is found by its
 * id alone.
 *
 * @param verified the request, once signature, issuer, audience and times are right
 * @param claims what the token says
 * @param key the key that proved it
 */
public record JwksProof(Verified verified, JsonFields claims, Jwks.Key key) {
    private static final int LONGEST = 32 * 1024;
    private static final DefaultJWSVerifierFactory VERIFIERS = new DefaultJWSVerifierFactory();

    /**
     * What a token must be.
     *
     * @param algorithms the only ones, with public keys, such as {@code RS256}
     * @param issuer its {@code iss}
     * @param audience one of its {@code aud}
     * @param tolerance how far the clocks may differ
     */
    public record Rules(Set<String> algorithms, String issuer, String audience, Duration tolerance) {
        public Rules {
            algorithms = Set.copyOf(algorithms);
            if (algorithms.stream().anyMatch(name -> !isPublicKeyAlgorithm(name))) {
                throw new IllegalArgumentException("only algorithms with public keys prove anything: " + algorithms);
            }
        }

        private static boolean isPublicKeyAlgorithm(String name) {
            JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
            return JWSAlgorithm.Family.RSA.contains(algorithm) || JWSAlgorithm.Family.EC.contains(algorithm);
        }
    }

    /**
     * Checks a token as {@code rules} demand; {@code what} names it for the refusal. The signature comes last, so that
     * what no key could prove is refused without one.
     */
    public static JwksProof of(Request request, String token, Jwks keys, Rules rules, String what)
            throws AuthenticationFailed {
        JWSObject signed = parsed(token, what);
        if (!rules.algorithms.contains(signed.getHeader().getAlgorithm().getName())) {
            throw new AuthenticationFailed(what + " is signed by another algorithm than " + rules.algorithms);
        }
        String id = signed.getHeader().getKeyID();
        if (id == null) {
            throw new AuthenticationFailed(what + " names no key");
        }
        JsonFields claims = claims(signed, what);
        check(claims, rules, request.receivedAt(), what);
        Jwks.Key key = keys.find(id)
                .orElseThrow(() -> AuthenticationFailed.unknownKey(what + " is signed with a key that is not known"));
        Verified verified = Signature.verify(request, signed, verifier(signed, key, what), what);
        return new JwksProof(verified, claims, key);
    }

    private static JWSObject parsed(String token, String what) throws AuthenticationFailed {
        try {
            JWSObject signed = token.length() > LONGEST ? null : JWSObject.parse(token);
            // a lenient decoder reads the same signature from other letters
            if (signed != null
                    && token.endsWith(
                            "." + Base64URL.encode(signed.getSignature().decode()))) {
                return signed;
            }
        } catch (ParseException | RuntimeException e) {
            // not one: said below
        }
        throw new AuthenticationFailed(what + " is no signed JSON Web Token");
    }

    private static JWSVerifier verifier(JWSObject signed, Jwks.Key key, String what) throws AuthenticationFailed {
        try {
            return VERIFIERS.createJWSVerifier(signed.getHeader(), key.key());
        } catch (JOSEException e) {
            throw new AuthenticationFailed(what + " names a key of another kind");
        }
    }

    private static JsonFields claims(JWSObject signed, String what) throws AuthenticationFailed {
        try {
            return JsonFields.of(signed.getPayload().toBytes());
        } catch (MalformedPayload e) {
            throw new AuthenticationFailed(what + " holds no claims");
        }
    }

    private static void check(JsonFields claims, Rules rules, Instant now, String what) throws AuthenticationFailed {
        if (!rules.issuer.equals(claims.word("iss"))) {
            throw new AuthenticationFailed(what + " is of another issuer");
        }
        if (!audiences(claims).contains(rules.audience)) {
            throw new AuthenticationFailed(what + " is for another audience");
        }
        if (time(claims, "exp", what).plus(rules.tolerance).isBefore(now)) {
            throw new AuthenticationFailed(what + " has expired, or the clocks differ");
        }
        if (claims.has("nbf")
                && time(claims, "nbf", what).minus(rules.tolerance).isAfter(now)) {
            throw new AuthenticationFailed(what + " is not valid yet, or the clocks differ");
        }
    }

    private static List<String> audiences(JsonFields claims) throws AuthenticationFailed {
        try {
            return claims.node().path("aud").isArray() ? claims.texts("aud") : List.of(claims.text("aud"));
        } catch (MalformedPayload e) {
            throw new AuthenticationFailed("the token's aud is no audience");
        }
    }

    private static Instant time(JsonFields claims, String claim, String what) throws AuthenticationFailed {
        try {
            return claims.seconds(claim);
        } catch (MalformedPayload e) {
            throw new AuthenticationFailed(what + " has no time in " + claim);
        }
    }

    @Override
    public String toString() {
        return "JwksProof[…]";
    }
}
