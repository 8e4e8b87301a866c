// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.TestKeys;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.Request;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.Json;
import io.dragoman.simulator.HmacSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A profile whose provider proves what it posts by tokens, signed with keys that it publishes. */
final class JwksProfileTest implements ConnectorContract, WebhookSample {
    static final String PROFILE = """
            name: Acme
            description: Messages through Acme.
            settings:
              organisation: {type: text, about: "The number of the organisation at Acme.", required: true}
              keysUrl: {type: url, about: "Where Acme publishes its keys.", default: "https://acme.example/keys"}
            receive:
              verify:
                jwt: {header: Authorization, prefix: "Bearer ", keySet: keysUrl, issuer: "acme/{settings.organisation}", audience: chat, bodyHash: payload_hash}
              message: {id: id, from: from, text: text}
            """;

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final SignedToken ISSUER = new SignedToken();

    private final HttpChannel channel = of(PROFILE);

    private static HttpChannel of(String profile) {
        try {
            return Profiles.of(profile);
        } catch (InvalidProfile e) {
            throw new AssertionError(e.faults().toString(), e);
        }
    }

    @Override
    public HttpChannel connector() {
        return channel;
    }

    @Override
    public Account account(URI provider) {
        return Profiles.account(channel, Map.of("organisation", "77"));
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public Jwks jwks() {
        try {
            return Jwks.of(Json.tree(ISSUER.keySet().getBytes(StandardCharsets.UTF_8)))
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] recorded() {
        return ("{\"id\":\"m-1\",\"from\":\"+46706861004\",\"text\":\"" + CANARY + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String claims(byte[] body) {
        return "{\"iss\":\"acme/77\",\"aud\":[\"other\",\"chat\"],\"exp\":1795255800,\"nbf\":1795255000,\"payload_hash\":\""
                + SignedToken.sha256(body) + "\"}";
    }

    @Override
    public Request signed(byte[] body) {
        return posted("Bearer " + ISSUER.of(claims(body)), body);
    }

    private static Request posted(String proof, byte[] body) {
        Map<String, String> headers = Map.of("content-type", "application/json", "authorization", proof);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", "", headers, body, NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of("+46706861004");
    }

    @Override
    public List<String> proof() {
        return List.of("authorization");
    }

    @Test
    void keysShouldBeThoseThatTheAccountNames() {
        assertThat(channel.jwks(account()))
                .contains(new JwksSource(
                        URI.create("https://acme.example/keys"),
                        false,
                        account().trust()));
        assertThat(of(PROFILE.replace("keysUrl,", "keysUrl, openId: true,")).jwks(account()))
                .get()
                .extracting(JwksSource::metadata)
                .isEqualTo(true);
        assertThat(Profiles.shipped("smsgate").jwks(account())).isEmpty();
    }

    /** Who may make tokens of this issuer for somebody else, or for another body, makes none for us. */
    @Test
    void tokenShouldBeOfTheIssuerForUsAndForThisBody() throws Exception {
        byte[] body = recorded();
        String right = claims(body);
        channel.verify(account(), posted("Bearer " + ISSUER.of(right), body), jwks());
        for (String wrong : List.of(
                right.replace("acme/77", "acme/78"),
                right.replace("\"chat\"", "\"chat2\""),
                right.replace(",\"exp\":1795255800", ""),
                right.replace("\"exp\":1795255800", "\"exp\":1795254900"),
                right.replace("\"nbf\":1795255000", "\"nbf\":1795256000"),
                right.replace("payload_hash", "body_hash"),
                claims("{}".getBytes(StandardCharsets.UTF_8)))) {
            assertThatThrownBy(() -> channel.verify(account(), posted("Bearer " + ISSUER.of(wrong), body), jwks()))
                    .as(wrong)
                    .isInstanceOf(AuthenticationFailed.class);
        }
        assertThatThrownBy(() -> channel.verify(
                        account(), posted("Bearer " + new SignedToken(TestKeys.SECOND).of(right), body), jwks()))
                .isInstanceOf(AuthenticationFailed.class);
        assertThatThrownBy(() -> channel.verify(account(), signed(body)))
                .as("without keys")
                .isInstanceOfSatisfying(AuthenticationFailed.class, failed -> assertThat(failed.isUnknownKey())
                        .isTrue());
    }

    /** The same claim of a token that is signed with a secret of the account (Vonage and Bird have it). */
    @Test
    void bodyShouldBeProvedByATokenWithASecretToo() throws Exception {
        HttpChannel secret = of(
                PROFILE.replaceAll("keySet.*bodyHash", "algorithm: HS256, setting: word, encoding: base64, bodyHash")
                        .replace(
                                "receive:",
                                "  word: {type: secret, about: \"What signs the tokens of Acme.\", verifies: true}\nreceive:"));
        Account account = Profiles.account(secret, Map.of("organisation", "77", "word", "the-word"));
        byte[] body = recorded();
        String hash = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(SignedToken.sha256(body)));
        String token = hs256("{\"payload_hash\":\"" + hash + "\"}");
        secret.verify(account, posted("Bearer " + token, body));
        for (String wrong :
                List.of(hs256("{}"), hs256("{\"payload_hash\":\"" + hash.toLowerCase(Locale.ROOT) + "\"}"))) {
            assertThatThrownBy(() -> secret.verify(account, posted("Bearer " + wrong, body)))
                    .isInstanceOf(AuthenticationFailed.class);
        }
        assertThatThrownBy(
                        () -> secret.verify(account, posted("Bearer " + token, "{}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(AuthenticationFailed.class);
    }

    private static String hs256(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        String hex = HmacSigner.hex("HmacSHA256", HmacSigner.utf8("the-word"), HmacSigner.utf8(signed));
        return signed + "." + base64.encodeToString(HexFormat.of().parseHex(hex));
    }

    @Test
    void claimsShouldBeReadWhereTheyAreThePayload() throws Exception {
        HttpChannel claims = of(PROFILE.replace("  message:", "  body: claims\n  message:"));
        String token = ISSUER.of(claims(new byte[0])
                .replace("{\"iss\"", "{\"id\":\"m-9\",\"from\":\"+46706861004\",\"text\":\"Hej\",\"iss\""));
        assertThat(claims.read(account(), claims.verify(account(), posted("Bearer " + token, new byte[0]), jwks())))
                .singleElement()
                .extracting("externalId")
                .isEqualTo("m-9");
    }
}
