// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.Request;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.JwksProof;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Token (RFC 7519) in a header, signed with one of the keys that its issuer publishes. The algorithm, the
 * issuer and the audience are the profile's, never the token's.
 *
 * @param prefix what stands before it, such as {@code Bearer } with its space; empty for nothing
 * @param algorithm {@code RS256} or {@code ES256}
 * @param keySet the setting with the address of the JSON Web Key Set
 * @param openId whether that address is of OpenID metadata, whose {@code jwks_uri} names the key set
 * @param body the claim that proves the body; null where the token does not
 * @param tolerance how far the clocks may differ
 */
record JwksCheck(
        HeaderPart header,
        String prefix,
        String algorithm,
        String keySet,
        boolean openId,
        TextTemplate issuer,
        TextTemplate audience,
        @Nullable BodyClaim body,
        Duration tolerance)
        implements ProofCheck {
    @Override
    public Set<String> headers() {
        return Set.of(header.name());
    }

    @Override
    public Optional<JwksSource> source(Account account) {
        return account.values().get(keySet) instanceof URI address
                ? Optional.of(new JwksSource(address, openId, account.trust()))
                : Optional.empty();
    }

    /** Nothing is proved without a key. */
    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return verify(account, request, Jwks.NONE);
    }

    @Override
    public Verified verify(Account account, Request request, Jwks keys) throws AuthenticationFailed {
        String value = header.in(request);
        if (!value.startsWith(prefix)) {
            throw new AuthenticationFailed(header.name() + " does not match");
        }
        JwksProof.Rules rules = new JwksProof.Rules(
                Set.of(algorithm), said(issuer, account, "issuer"), said(audience, account, "audience"), tolerance);
        JwksProof proof = JwksProof.of(request, value.substring(prefix.length()), keys, rules, header.name());
        if (body != null) {
            body.check(JwtCheck.claimsOf(value.substring(prefix.length())), request, header.name());
        }
        return proof.verified();
    }

    /** What an account says of them; without it no token is any good. */
    private String said(TextTemplate template, Account account, String what) throws AuthenticationFailed {
        Map<String, Object> context = Map.of("settings", SettingText.all(account));
        try {
            String text = template.render(context, context, UnaryOperator.identity());
            if (!text.isBlank()) {
                return text;
            }
        } catch (ExpressionFailed e) {
            // the same refusal
        }
        throw new AuthenticationFailed("the account does not say which " + what + " the token must have");
    }

    @Override
    public Optional<Object> claims(Request request) {
        String value = header.in(request);
        return value.startsWith(prefix)
                ? Optional.of(JwtCheck.claimsOf(value.substring(prefix.length())))
                : Optional.empty();
    }

    @Override
    public String description() {
        return "JSON Web Token (" + algorithm + ", the issuer's published keys)";
    }
}
