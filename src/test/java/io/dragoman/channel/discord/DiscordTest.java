// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiscordTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/discord");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final KeyPair KEY = key();

    private final Discord discord = new Discord();

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Discord connector() {
        return discord;
    }

    @Override
    public Account account(URI provider) {
        byte[] x509 = KEY.getPublic().getEncoded();
        return DiscordAccounts.of(Map.of(
                "publicKey",
                HexFormat.of().formatHex(x509, x509.length - 32, x509.length),
                "botToken",
                "the-bot-token",
                "baseUrl",
                provider.toString()));
    }

    @Override
    public List<String> secrets() {
        return List.of("the-bot-token");
    }

    @Override
    public byte[] recorded() {
        // short, as checking Ed25519 costs a millisecond: the contract changes every bit and every value
        return ("{\"id\":\"133\",\"type\":2,\"channel_id\":\"5\",\"user\":{\"id\":\"6\"}," + "\"data\":{\"name\":\""
                        + CANARY + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return signed(body, Long.toString(NOW.getEpochSecond()));
    }

    private static Request signed(byte[] body, String time) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KEY.getPrivate());
            signature.update(time.getBytes(StandardCharsets.UTF_8));
            signature.update(body);
            return request(body, time, HexFormat.of().formatHex(signature.sign()), NOW);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Request request(byte[] body, String time, String signature, Instant now) {
        Map<String, String> headers = Map.of(
                "content-type", "application/json", "x-signature-timestamp", time, "x-signature-ed25519", signature);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", "", headers, body, now);
    }

    @Override
    public List<String> lanes() {
        return List.of("5");
    }

    @Override
    public List<String> proof() {
        return List.of("x-signature-ed25519", "x-signature-timestamp");
    }

    @Override
    public String address() {
        return "5";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, recorded -> discord.read(account(), discord.verify(account(), signed(recorded))));
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 1_000_000_000})
    void whatIsOldOrToComeIsRefused(long seconds) {
        String time = Long.toString(NOW.getEpochSecond() + seconds);
        assertThatThrownBy(() -> discord.verify(account(), signed(recorded(), time)))
                .isInstanceOf(AuthenticationFailed.class)
                .hasMessageContaining("five minutes");
    }

    /** Signed with npm tweetnacl 1.0.3, and found right by npm discord-interactions 4.4.0 (verifyKey). */
    @Test
    void signatureIsThatOfTheProvidersLibrary() throws Exception {
        Account known = DiscordAccounts.of(Map.of(
                "botToken", "t", "publicKey", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        String body = "{\"id\":\"133\",\"type\":2,\"channel_id\":\"5\",\"user\":{\"id\":\"6\"},"
                + "\"data\":{\"name\":\"გამარჯობა\"}}";
        String signature = "f3f2275a8217f69e372c1c62c9c714c56d84c93e423a330018ada2a2421a4320"
                + "4cb88da0c872d5baa61b714e0e5b818dbbac5f8ab2c1c346e41a63d39fce9403";
        Request request = request(body.getBytes(StandardCharsets.UTF_8), "1795255230", signature, NOW);
        assertThat(discord.verify(known, request).request()).isSameAs(request);
        Request longer = request((body + " ").getBytes(StandardCharsets.UTF_8), "1795255230", signature, NOW);
        assertThatThrownBy(() -> discord.verify(known, longer)).isInstanceOf(AuthenticationFailed.class);
    }

    /** What a person is shown at once, and what Discord wants of an address. */
    @ParameterizedTest
    @CsvSource({
        "ping, 200, 1",
        "command, 200, 4",
        "button, 200, 6",
        "menu, 200, 6",
        "autocomplete, 200, 8",
        "form, 200, 4",
        "form-with-labels, 200, 6",
        "webhook-ping, 204, ",
        "webhook-event, 204, ",
    })
    void everyPostHasItsAnswer(String name, int status, Integer type) throws Exception {
        byte[] body = java.nio.file.Files.readAllBytes(
                java.nio.file.Path.of("src/test/resources/io/dragoman/channel/discord/cases", name + ".in.json"));
        var answer = discord.acknowledge(account(), signed(body));
        assertThat(answer.status()).isEqualTo(status);
        if (type == null) {
            assertThat(answer.body()).isEmpty();
        } else {
            JsonNode json = Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(json.path("type").asInt()).isEqualTo(type);
            assertThat(json.at("/data/flags").asInt()).as("seen by them alone").isEqualTo(type == 4 ? 64 : 0);
        }
    }

    @Test
    void withoutAKeyNothingIsPostedAndWithoutTheGatewayEitherItIsAProblem() {
        Account gateway = DiscordAccounts.of(Map.of("botToken", "t"));
        assertThat(discord.receivesWebhooks(gateway)).isFalse();
        assertThat(discord.polls(gateway)).isTrue();
        assertThat(discord.problems(gateway)).isEmpty();
        Account neither = DiscordAccounts.of(Map.of("botToken", "t", "gateway", "false"));
        assertThat(discord.problems(neither)).singleElement().asString().contains("publicKey is missing");
    }
}
