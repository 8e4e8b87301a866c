// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An identity provider as OpenID Connect has it (openid.net, "OpenID Connect Core 1.0" and "Discovery 1.0"): asked for
 * its addresses, for a token in exchange for a code, and for the keys that prove the token. Blocks. Thread-safe.
 */
final class OidcProvider {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String BASIC = "client_secret_basic";
    private static final String POST = "client_secret_post";

    /** Signatures of key pairs alone: none is no signature, and an HMAC would be made with what is public. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final Transport transport;

    OidcProvider(OidcSettings settings, Transport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    /** Where it is asked what. */
    record Endpoints(String issuer, URI authorization, URI token, URI keys, boolean basic) {}

    /** It said no, or what it said proves nothing; the message is ours alone and safe to log. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    Endpoints discover() throws Refused {
        JsonNode document = get(URI.create(settings.issuer() + "/.well-known/openid-configuration"), "its description");
        String issuer = document.path("issuer").asText("");
        if (!issuer.replaceFirst("/$", "").equals(settings.issuer().toString())) {
            throw new Refused("its description is of another issuer than admin.oidc.issuer");
        }
        JsonNode methods = document.path("token_endpoint_auth_methods_supported");
        boolean post = methods.isArray() && has(methods, POST) && !has(methods, BASIC);
        return new Endpoints(
                issuer,
                address(document, "authorization_endpoint"),
                address(document, "token_endpoint"),
                address(document, "jwks_uri"),
                !post);
    }

    private static boolean has(JsonNode list, String word) {
        for (JsonNode one : list) {
            if (one.asText().equals(word)) {
                return true;
            }
        }
        return false;
    }

    private URI address(JsonNode document, String name) throws Refused {
        try {
            URI address = URI.create(document.path(name).asText(""));
            boolean safe = "https".equals(address.getScheme()) || HttpCall.sameOrigin(settings.issuer(), address);
            if (safe && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one message
        }
        throw new Refused("the " + name + " of its description is no https address");
    }

    /**
     * Exchanges a code for what it proves.
     *
     * @param verifier what the challenge at the beginning was made of
     * @param nonce what the token must carry
     */
    JWTClaimsSet exchange(Endpoints at, String code, Secret verifier, Secret nonce) throws Refused {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", settings.redirect());
        form.put("code_verifier", verifier.value());
        HttpCall call = HttpCall.post(at.token(), HttpCall.Body.form(""));
        if (at.basic()) {
            call = call.basic(
                    encoded(settings.clientId()),
                    new Secret(encoded(settings.clientSecret().value())));
        } else {
            form.put("client_id", settings.clientId());
            form.put("client_secret", settings.clientSecret().value());
        }
        HttpCall.Body body = HttpCall.Body.form(form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&")));
        HttpCall whole = new HttpCall(
                "POST", at.token(), call.headers(), call.authorization(), body, settings.issuer(), TIMEOUT, 0);
        String token = ask(whole.header("Accept", "application/json"), "its token address")
                .path("id_token")
                .asText("");
        return verified(at, token, nonce);
    }

    private JWTClaimsSet verified(Endpoints at, String token, Secret nonce) throws Refused {
        try {
            JWKSet keys = JWKSet.parse(get(at.keys(), "its keys").toString());
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
            processor.setJWTClaimsSetVerifier(new Claims(at.issuer(), nonce));
            JWTClaimsSet claims = processor.process(token, null);
            String party = claims.getStringClaim("azp");
            boolean ours = party == null ? claims.getAudience().size() == 1 : party.equals(settings.clientId());
            if (!ours) {
                throw new Refused("the token was made for another client");
            }
            return claims;
        } catch (ParseException | JOSEException e) {
            throw new Refused("the token or its keys cannot be read");
        } catch (BadJOSEException e) {
            throw new Refused("the token proves nothing: its signature, issuer, audience, nonce or times are wrong");
        }
    }

    /** What must be in the token, at the time of our clock. */
    private final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        Claims(String issuer, Secret nonce) {
            super(
                    settings.clientId(),
                    new JWTClaimsSet.Builder()
                            .issuer(issuer)
                            .claim("nonce", nonce.value())
                            .build(),
                    Set.of("sub", "exp", "iat"));
        }

        @Override
        protected Date currentTime() {
            return Date.from(transport.clock().instant());
        }
    }

    private JsonNode get(URI address, String what) throws Refused {
        return ask(
                HttpCall.get(address)
                        .header("Accept", "application/json")
                        .trusting(settings.issuer())
                        .timeout(TIMEOUT),
                what);
    }

    private JsonNode ask(HttpCall call, String what) throws Refused {
        try {
            Response answer = transport.http(call);
            if (!answer.ok()) {
                throw new Refused(what + " answered " + answer.status());
            }
            return answer.json();
        } catch (TransportFailure e) {
            throw new Refused(what + " cannot be reached: " + e.detail());
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The texts of a claim, a word or a list of them; a dot in its name is a level. */
    static List<String> texts(JWTClaimsSet claims, String name) {
        Object value = claims.getClaims();
        for (String step : name.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value instanceof String text ? List.of(text) : List.of();
    }
}
