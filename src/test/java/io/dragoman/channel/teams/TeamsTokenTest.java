// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.Request;
import io.dragoman.model.Json;
import io.dragoman.simulator.teams.TeamsSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens prove a request: made by the library's signer and, for the simulator, by Java's own. */
final class TeamsTokenTest {
    private static final Instant NOW = TeamsTest.NOW;
    private static final String SERVICE = TeamsTest.SERVICE;
    private static final Jwks KEYS = TeamsTokens.published(TeamsTokens.KEY, "msteams");

    private final Teams teams = new Teams();
    private final Account account =
            TeamsTest.account(Map.of("appId", TeamsTokens.APP, "clientSecret", "s", "tenantId", "contoso.example"));

    private static byte[] body(String service) {
        return ("{\"type\":\"typing\",\"channelId\":\"msteams\",\"serviceUrl\":\"" + service + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void takes(String token) throws AuthenticationFailed {
        Request request = TeamsTest.request(body(SERVICE), "Bearer " + token);
        assertThat(teams.verify(account, request, KEYS).request()).isSameAs(request);
    }

    private AuthenticationFailed refuses(String token, String why) {
        return refuses(token, KEYS, why);
    }

    private AuthenticationFailed refuses(String token, Jwks keys, String why) {
        Request request = TeamsTest.request(body(SERVICE), "Bearer " + token);
        try {
            teams.verify(account, request, keys);
        } catch (AuthenticationFailed e) {
            assertThat(e).hasMessageContaining(why);
            return e;
        }
        throw new AssertionError("taken: " + why);
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return TeamsTokens.token(SERVICE, NOW, change);
    }

    private static JWSHeader.Builder head(String algorithm) {
        return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID("key-1");
    }

    private static String signed(JWSHeader.Builder head, JWSSigner signer) {
        return TeamsTokens.signed(head.build(), TeamsTokens.claims(SERVICE, NOW, claims -> claims), signer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512"})
    void rightTokenIsTaken(String algorithm) throws Exception {
        takes(signed(head(algorithm), new RSASSASigner(TeamsTokens.KEY)));
        takes(token(claims -> claims.audience(List.of("another", TeamsTokens.APP))));
        takes(token(claims -> claims.claim("serviceurl", SERVICE.toUpperCase(Locale.ROOT))));
    }

    /** Java's own signature, and the key set that the simulator publishes. */
    @Test
    void tokenOfTheSimulatorIsTaken() throws Exception {
        try (TeamsSimulator simulator = new TeamsSimulator(0)) {
            HttpRequest keys = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/.well-known/keys"))
                    .build();
            byte[] set = HttpClient.newHttpClient()
                    .send(keys, HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            String token = simulator.proof(Json.tree(body(SERVICE))).get("Authorization");
            Request request = new Request(
                    Request.Origin.RECEIVED,
                    "POST",
                    "/channels/shop",
                    "",
                    Map.of("authorization", token),
                    body(SERVICE),
                    Instant.now());
            assertThat(teams.verify(account, request, Jwks.of(Json.tree(set)).orElseThrow())
                            .request())
                    .isSameAs(request);
        }
    }

    @Test
    void otherIssuerAndAudienceAreRefused() {
        refuses(token(claims -> claims.issuer("https://sts.windows.net/1/")), "another issuer");
        refuses(token(claims -> claims.issuer(null)), "another issuer");
        refuses(token(claims -> claims.audience("another")), "another audience");
        refuses(token(claims -> claims.audience(List.of())), "aud is no audience");
    }

    @ParameterizedTest
    @CsvSource({"-299,true", "-301,false"})
    void endHasFiveMinutesOfTolerance(long end, boolean good) throws Exception {
        String token = token(claims -> claims.expirationTime(Date.from(NOW.plusSeconds(end))));
        if (good) {
            takes(token);
        } else {
            refuses(token, "has expired");
        }
        refuses(token(claims -> claims.expirationTime(null)), "no time in exp");
    }

    @ParameterizedTest
    @CsvSource({"299,true", "301,false"})
    void beginningHasFiveMinutesOfTolerance(long beginning, boolean good) throws Exception {
        String token = token(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(beginning))));
        if (good) {
            takes(token);
        } else {
            refuses(token, "not valid yet");
        }
    }

    @Test
    void unknownKeyIsRefusedAsSuch() throws Exception {
        RSAKey another = TeamsTokens.key("key-2");
        AuthenticationFailed unknown =
                refuses(signed(head("RS256").keyID("key-2"), new RSASSASigner(another)), "not known");
        assertThat(unknown.isUnknownKey()).isTrue();
        assertThat(unknown.status()).isEqualTo(401);
        AuthenticationFailed wrong = refuses(signed(head("RS256"), new RSASSASigner(another)), "does not match");
        assertThat(wrong.isUnknownKey()).as("no newer key has this id").isFalse();
        refuses(signed(head("RS256").keyID(null), new RSASSASigner(another)), "names no key");
        refuses(signed(head("RS256"), new RSASSASigner(TeamsTokens.KEY)), Jwks.NONE, "not known");
    }

    @Test
    void unsignedTokenIsRefused() {
        String claims = token(one -> one).split("\\.")[1];
        for (String head : List.of(
                "{\"alg\":\"none\"}", "{\"alg\":\"none\",\"kid\":\"key-1\"}", "{\"alg\":\"NONE\",\"kid\":\"key-1\"}")) {
            String unsigned = Base64URL.encode(head) + "." + claims + ".";
            refuses(unsigned, "");
            refuses(unsigned.substring(0, unsigned.length() - 1), "");
        }
    }

    /** Whoever takes the token's word for the algorithm takes the public key for a shared secret. */
    @Test
    void publicKeyIsNoSharedSecret() throws Exception {
        byte[] published = TeamsTokens.KEY.toRSAPublicKey().getEncoded();
        refuses(signed(head("HS256"), new MACSigner(published)), "another algorithm");
        refuses(
                signed(
                        head("HS256"),
                        new MACSigner(TeamsTokens.KEY.toPublicJWK().toJSONString())),
                "another algorithm");
    }

    @Test
    void otherAlgorithmsAreRefused() throws Exception {
        ECKey curve = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
        refuses(signed(head("ES256"), new ECDSASigner(curve)), "another algorithm");
        refuses(signed(head("PS256"), new RSASSASigner(TeamsTokens.KEY)), "another algorithm");
    }

    @Test
    void whatATokenDemandsToBeUnderstoodIsRefused() throws Exception {
        JWSHeader.Builder head = head("RS256").criticalParams(Set.of("exp")).customParam("exp", 1);
        refuses(signed(head, new RSASSASigner(TeamsTokens.KEY)), "does not match");
    }

    @Test
    void otherServiceUrlIsRefused() {
        for (String other : List.of("https://smba.trafficmanager.net/amer/", "https://evil.example/", "")) {
            assertThat(refuses(token(claims -> claims.claim("serviceurl", other)), "another serviceUrl")
                            .status())
                    .isEqualTo(403);
        }
        refuses(token(claims -> claims.claim("serviceurl", null)), "another serviceUrl");
        String right = "Bearer " + TeamsTokens.right(SERVICE, NOW);
        for (String body : List.of("{\"channelId\":\"msteams\"}", "[]", "x")) {
            Request request = TeamsTest.request(body.getBytes(StandardCharsets.UTF_8), right);
            assertThatThrownBy(() -> teams.verify(account, request, KEYS)).isInstanceOf(AuthenticationFailed.class);
        }
    }

    @Test
    void otherChannelAndKeyForOthersAreRefused() throws Exception {
        String token = TeamsTokens.right(SERVICE, NOW);
        refuses(token, TeamsTokens.published(TeamsTokens.KEY, "webchat", "skype"), "not for Teams");
        Request emulator = TeamsTest.request(
                new String(body(SERVICE), StandardCharsets.UTF_8)
                        .replace("msteams", "emulator")
                        .getBytes(StandardCharsets.UTF_8),
                "Bearer " + token);
        assertThatThrownBy(() -> teams.verify(account, emulator, KEYS)).hasMessageContaining("another channel");
        Request unendorsed = TeamsTest.request(body(SERVICE), "Bearer " + token);
        assertThat(teams.verify(account, unendorsed, TeamsTokens.published(TeamsTokens.KEY, (String[]) null)))
                .isNotNull();
    }

    @Test
    void keysThatProveNothingAreNone() throws JOSEException {
        RSAKey encrypting = new RSAKey.Builder(TeamsTokens.KEY.toRSAPublicKey())
                .keyID("key-1")
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        assertThat(TeamsTokens.published(encrypting, "msteams").size()).isZero();
        RSAKey nameless = new RSAKey.Builder(TeamsTokens.KEY.toRSAPublicKey()).build();
        assertThat(TeamsTokens.published(nameless, "msteams").size()).isZero();
        RSAKey small = new RSAKeyGenerator(1024, true).keyID("key-1").generate();
        assertThat(TeamsTokens.published(small, "msteams").size()).isZero();
    }
}
