// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.TestKeys;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An identity provider with OpenID Connect, for one client: its description, its keys, and the exchange of a code with
 * PKCE. A test changes what its tokens say.
 */
public final class TestIdentityProvider implements AutoCloseable {
    public static final String CLIENT = "console client";
    public static final String SECRET = "secret: of & the client";

    /** The kinds of signature that a test can ask for. */
    enum Signature {
        RIGHT,
        OTHER_KEY,
        NONE,
        HMAC_WITH_THE_PUBLIC_KEY
    }

    final AtomicInteger asked = new AtomicInteger();
    volatile UnaryOperator<JWTClaimsSet.Builder> change = claims -> claims;
    volatile Signature signature = Signature.RIGHT;
    volatile String describedIssuer;
    volatile boolean postsSecret;

    private final HttpServer server;
    private final Clock clock;
    private final RSAKey key;
    private final RSAKey other;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    public TestIdentityProvider(Clock clock) throws IOException, JOSEException {
        this.clock = clock;
        key = key(TestKeys.FIRST);
        other = key(TestKeys.SECOND);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        describedIssuer = issuer().toString();
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, description()));
        server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    private static RSAKey key(KeyPair pair) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID("one")
                .build();
    }

    public URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private String description() {
        asked.incrementAndGet();
        return Json.write(Map.of(
                "issuer", describedIssuer,
                "authorization_endpoint", issuer() + "/authorize?tenant=1",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/keys",
                "token_endpoint_auth_methods_supported",
                        List.of(postsSecret ? "client_secret_post" : "client_secret_basic")));
    }

    /** Somebody agrees at the address that their browser was sent to: the code that they bring back. */
    String agree(URI location) {
        Map<String, String> query = form(location.getRawQuery());
        if (!query.get("client_id").equals(CLIENT)
                || !query.get("response_type").equals("code")
                || !query.get("code_challenge_method").equals("S256")
                || !query.get("tenant").equals("1")
                || !Arrays.asList(query.get("scope").split(" ")).contains("openid")) {
            throw new AssertionError("no good request: " + location);
        }
        String code = "code" + codes.size();
        codes.put(code, query);
        return code;
    }

    /** Whoever comes by agrees at once, and is sent back. */
    private void authorize(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        Map<String, String> query = form(asked.getRawQuery());
        String back = query.get("redirect_uri") + "?code=" + agree(asked) + "&state=" + query.get("state");
        exchange.getResponseHeaders().add("Location", back);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> begun = codes.remove(form.getOrDefault("code", ""));
        boolean good = begun != null
                && isClient(exchange, form)
                && form.get("grant_type").equals("authorization_code")
                && form.get("redirect_uri").equals(begun.get("redirect_uri"))
                && challenge(form.get("code_verifier")).equals(begun.get("code_challenge"));
        if (good) {
            answer(exchange, 200, Json.write(Map.of("access_token", "x", "id_token", idToken(begun.get("nonce")))));
        } else {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
        }
    }

    private boolean isClient(HttpExchange exchange, Map<String, String> form) {
        if (postsSecret) {
            return CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
        }
        String basic = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String[] pair = new String(
                        Base64.getDecoder().decode(basic.replaceFirst("^Basic ", "")), StandardCharsets.UTF_8)
                .split(":", 2);
        return decoded(pair[0]).equals(CLIENT) && decoded(pair[1]).equals(SECRET);
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String idToken(String nonce) {
        JWTClaimsSet claims = change.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer().toString())
                        .audience(CLIENT)
                        .subject("subject-1")
                        .issueTime(Date.from(clock.instant()))
                        .expirationTime(Date.from(clock.instant().plusSeconds(300)))
                        .claim("nonce", nonce)
                        .claim("preferred_username", "anna@shop.example")
                        .claim("realm_access", Map.of("roles", List.of("staff", "support"))))
                .build();
        try {
            if (signature == Signature.NONE) {
                return new PlainJWT(claims).serialize();
            }
            boolean mac = signature == Signature.HMAC_WITH_THE_PUBLIC_KEY;
            JWSSigner signer = mac
                    ? new MACSigner(key.toRSAPublicKey().getEncoded())
                    : new RSASSASigner(signature == Signature.OTHER_KEY ? other : key);
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(mac ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256)
                            .keyID("one")
                            .build(),
                    claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
