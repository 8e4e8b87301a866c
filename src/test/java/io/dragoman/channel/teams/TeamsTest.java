// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.CustomerTyping;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.contract.FakeProvider;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TeamsTest implements WebhookSample, SendSample {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    static final String SERVICE = "https://smba.trafficmanager.net/emea/";

    private static final RecordedCases CASES = RecordedCases.of("channel/teams");
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));
    private static final Jwks KEYS = TeamsTokens.published(TeamsTokens.KEY, "msteams");

    private static FakeProvider login;

    private final Teams teams = new Teams();

    @BeforeAll
    static void startLogin() {
        login = FakeProvider.answering(
                200, Map.of(), "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"the-access-token\"}");
    }

    @AfterAll
    static void stopLogin() {
        login.close();
    }

    @Override
    public Teams connector() {
        return teams;
    }

    @Override
    public Account account(URI provider) {
        return account(Map.of(
                "appId",
                TeamsTokens.APP,
                "clientSecret",
                "the-client-secret",
                "tenantId",
                "contoso.example",
                "baseUrl",
                provider + "/teams",
                "loginUrl",
                login.baseUrl().toString()));
    }

    static Account account(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Teams().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "shop", "teams", values, false, HOME);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-client-secret", "the-access-token");
    }

    @Override
    public byte[] recorded() {
        return ("{\"type\":\"message\",\"id\":\"1790000000123\",\"timestamp\":\"2026-11-21T10:00:00.123Z\","
                        + "\"serviceUrl\":\"" + SERVICE + "\",\"channelId\":\"msteams\","
                        + "\"from\":{\"id\":\"29:1abc\",\"name\":\"Ana B\",\"aadObjectId\":\"guid-1\"},"
                        + "\"recipient\":{\"id\":\"28:bot\"},"
                        + "\"conversation\":{\"id\":\"a:chat\",\"conversationType\":\"personal\"},"
                        + "\"text\":\"" + CANARY + "\",\"textFormat\":\"plain\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Jwks jwks() {
        return KEYS;
    }

    @Override
    public Request signed(byte[] body) {
        return request(body, "Bearer " + TeamsTokens.right(service(body), NOW));
    }

    /** The connector that an activity names; the usual one where it names none. */
    private static String service(byte[] body) {
        try {
            JsonNode activity = Json.tree(body);
            return activity.path("serviceUrl").asText(SERVICE);
        } catch (IOException e) {
            return SERVICE;
        }
    }

    static Request request(byte[] body, String authorization) {
        Map<String, String> headers = Map.of("content-type", "application/json", "authorization", authorization);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", "", headers, body, NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of("a:chat https://smba.trafficmanager.net/emea");
    }

    @Override
    public List<String> proof() {
        return List.of("authorization");
    }

    /** The token is about the connector alone. */
    @Override
    public boolean provesBody() {
        return false;
    }

    @Override
    public String address() {
        return "a:chat";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, recorded -> teams.read(account(), teams.verify(account(), signed(recorded), KEYS)));
    }

    @Test
    void typingShouldBeToldOfWhoDoesAndWhere() throws Exception {
        CustomerTyping alone = typing("\"conversationType\":\"personal\"").orElseThrow();
        assertThat(alone.identities())
                .containsExactly(new Identity("teams", "guid-1", true), new Identity("teams", "29:1abc", true));
        assertThat(alone.chat()).isNull();
        assertThat(alone.typing()).isTrue();
        assertThat(typing("\"conversationType\":\"groupChat\"").orElseThrow().chat())
                .as("as a message's")
                .isEqualTo("a:chat");
        assertThat(teams.customerTyping(account(), verified(recorded()))).isEmpty();
        assertThat(teams.customerTyping(account(), verified("{\"type\":\"typing\"}".getBytes(StandardCharsets.UTF_8))))
                .as("read, which says what is missing")
                .isEmpty();
    }

    private Optional<CustomerTyping> typing(String conversation) throws Exception {
        String body = new String(recorded(), StandardCharsets.UTF_8)
                .replace("\"type\":\"message\"", "\"type\":\"typing\"")
                .replace("\"conversationType\":\"personal\"", conversation);
        return teams.customerTyping(account(), verified(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Verified verified(byte[] body) {
        return Signature.stored(request(body, ""));
    }
}
