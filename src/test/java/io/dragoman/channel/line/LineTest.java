// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.contract.Performing;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.Card;
import io.dragoman.model.Json;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.line.LineSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LineTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/line");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String USER = "Ub0000000000000000000000000000001";
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final Line line = new Line();

    @Override
    public Line connector() {
        return line;
    }

    @Override
    public Account account(URI provider) {
        return account(Map.of(
                "channelSecret",
                "the-channel-secret",
                "accessToken",
                "the-access-token",
                "baseUrl",
                provider.toString(),
                "contentUrl",
                provider.toString()));
    }

    private Account account(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : line.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "shop", "line", values, false, HOME);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-channel-secret", "the-access-token");
    }

    @Override
    public byte[] recorded() {
        return ("{\"destination\":\"Ua\",\"events\":[{\"type\":\"message\",\"mode\":\"active\","
                        + "\"timestamp\":1790000000123,\"webhookEventId\":\"01JX1\",\"source\":{\"type\":\"user\","
                        + "\"userId\":\"" + USER + "\"},\"message\":{\"id\":\"5350001\",\"type\":\"text\",\"text\":\""
                        + CANARY + "\"}}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return signed(body, HmacSigner.base64("HmacSHA256", HmacSigner.utf8("the-channel-secret"), body));
    }

    private static Request signed(byte[] body, String signature) {
        Map<String, String> headers = Map.of("content-type", "application/json", "x-line-signature", signature);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", "", headers, body, NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of(USER);
    }

    @Override
    public List<String> proof() {
        return List.of("x-line-signature");
    }

    @Override
    public String address() {
        return USER;
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, recorded -> line.read(account(), line.verify(account(), signed(recorded))));
    }

    /** The UUID of RFC 9562, version 3, of the key alone: printf delivery-1 | md5sum, with its version. */
    @Test
    void retryKeyIsMadeOfOurs() {
        PlainTransport wire = new PlainTransport();
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
            Performing.send(line, account(provider.baseUrl()), outbound(), wire);
        }
        assertThat(wire.calls().get(0).headers()).containsValue("49ad7cdc-0831-3109-811c-15905692a8b2");
    }

    /** RFC 4231, test case 2. */
    @Test
    void signatureIsHmacSha256OfTheBodyInBase64() throws Exception {
        Account known = account(Map.of("channelSecret", "Jefe", "accessToken", "t"));
        byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
        Request request = signed(body, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
        assertThat(line.verify(known, request).request()).isSameAs(request);
    }

    /** Found right by npm @line/bot-sdk 9.9.0 (validateSignature), and wrong with a space behind the body. */
    @Test
    void signatureIsThatOfTheProvidersLibrary() throws Exception {
        Account known = account(Map.of("channelSecret", "the-channel-secret", "accessToken", "t"));
        byte[] body = "{\"text\":\"გამარჯობა 👍🏽 é\"}".getBytes(StandardCharsets.UTF_8);
        Request request = signed(body, "S8d3JRe263jCxZN7gx8JpEKDdUL/TyY31fGG6QDxLHs=");
        assertThat(line.verify(known, request).request()).isSameAs(request);
    }

    @Test
    void sameDeliveryAgainReachesNobodyTwice() {
        try (LineSimulator simulator = new LineSimulator(0)) {
            ToCustomer message = message(simulator.userId("Ana"), new Part.Text("สวัสดี 👋🏽"));
            Outcome first = send(simulator, message);
            assertThat(first).isEqualTo(send(simulator, message)).isInstanceOf(Outcome.Sent.class);
            assertThat(simulator.delivered()).extracting(Delivered::content).containsExactly("สวัสดี 👋🏽");
            assertThat(((Outcome.Sent) first).externalId())
                    .isEqualTo(simulator.delivered().get(0).id());
        }
    }

    @Test
    void everyPartIsOneThatLineTakes() {
        Media photo = new Media(MediaKind.IMAGE, "image/png", "a.png", 900L, null, "m-1", "https://chat.example.com/m");
        List<Part> parts = List.of(
                new Choices(
                        "Which one?", List.of(new Choice("red", "Red", null), new Choice("blue", "Blue", null)), null),
                photo,
                new Part.Location(13.75, 100.5, null, null),
                new LocationRequest("Where are you?"),
                new Card("Shoes", "Red ones", photo, List.of(new Card.Button("Take them", "buy", null))),
                new io.dragoman.model.Carousel(
                        "Ours",
                        List.of(new Card(
                                "Hat", null, null, List.of(new Card.Button("See", null, "https://a.example"))))));
        try (LineSimulator simulator = new LineSimulator(0)) {
            for (Part part : parts) {
                List<List<Part>> steps =
                        Rendering.plan(line.limits(account()), List.of(part)).steps();
                assertThat(steps).isEqualTo(List.of(List.of(part)));
                assertThat(send(simulator, message(simulator.userId("Ana"), part)))
                        .isInstanceOf(Outcome.Sent.class);
            }
            assertThat(simulator.delivered())
                    .extracting(Delivered::content)
                    .containsExactly(
                            "Which one?",
                            "[image] https://chat.example.com/m",
                            "[location] 📍",
                            "Where are you? [location]",
                            "[card] Shoes",
                            "[card] Ours");
        }
    }

    @Test
    void buttonBringsItsIdAndTitleBack() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
            Choices choices = new Choices("Which?", List.of(new Choice("color/red", "Red", null)), null);
            line.send(account(provider.baseUrl()), message(USER, choices), new PlainTransport());
            JsonNode action = Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8))
                    .at("/messages/0/quickReply/items/0/action");
            assertThat(action.toString())
                    .isEqualTo("{\"type\":\"postback\",\"label\":\"Red\",\"displayText\":\"Red\","
                            + "\"data\":\"color/red\\nRed\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | You have reached your monthly limit. | THROTTLED",
                "400 | The property, 'to', in the request body is invalid (line: -, column: -) | RECIPIENT_UNKNOWN",
                "400 | Failed to send messages | RECIPIENT_UNKNOWN",
                "400 | messages[0].originalContentUrl must be a valid https URL | MEDIA_REFUSED",
                "400 | Length must be between 0 and 5000 | TOO_LARGE",
                "400 | The request body has 1 error(s) | CONTENT_REFUSED",
                "401 | Authentication failed | AUTHENTICATION_FAILED",
            })
    void refusalHasItsReason(int status, String said, Reason reason) {
        try (FakeProvider provider = FakeProvider.answering(status, Map.of(), "{\"message\":\"" + said + "\"}")) {
            Outcome outcome =
                    line.send(account(provider.baseUrl()), message(USER, new Part.Text("a")), new PlainTransport());
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                    .isEqualTo(reason));
        }
    }

    @Test
    void pictureIsFetchedByItsMessageAndGoneOnceDeleted() throws Exception {
        try (LineSimulator simulator = new LineSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            simulator.customerSendsPicture(gateway.baseUrl(), "Ana", new byte[] {1, 2, 3});
            String id = Json.tree(gateway.bodies().get(0).getBytes(StandardCharsets.UTF_8))
                    .at("/events/0/message/id")
                    .asText();
            PlainTransport transport = new PlainTransport();
            Outcome fetched = fetch(simulator, MediaKind.IMAGE, id, transport);
            assertThat(fetched).isInstanceOf(Outcome.Fetched.class);
            assertThat(transport.kept(((Outcome.Fetched) fetched).blob().sha256()))
                    .containsExactly(1, 2, 3);
            assertThat(fetch(simulator, MediaKind.IMAGE, "404", transport))
                    .isEqualTo(new Outcome.Refused(Reason.MEDIA_REFUSED, "LINE answered 404: the media is gone"));
        }
    }

    @Test
    void filmThatIsStillPreparedIsFetchedLater() {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{\"status\":\"processing\"}")) {
            Media film = Media.incoming(MediaKind.VIDEO, null, null, null, "535");
            Outcome outcome = line.fetch(account(provider.baseUrl()), film, request(), new PlainTransport());
            assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        }
    }

    @Test
    void pictureWithoutAnHttpsAddressIsRefused() {
        Media photo = new Media(MediaKind.IMAGE, "image/png", null, 9L, null, "m-1", "http://chat.example.com/m");
        assertThat(line.send(account(), message(USER, photo), new PlainTransport()))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.MEDIA_REFUSED));
    }

    @Test
    void webhookUrlIsSetAndTried() throws Exception {
        try (LineSimulator simulator = new LineSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            Account account = account(simulator.settings());
            Account.Installation home = new Account.Installation(gateway.baseUrl(), HOME.key());
            assertThat(line.connect(account.at(home), new PlainTransport())).isEmpty();
            assertThat(simulator.endpoint()).hasToString(gateway.baseUrl() + "/channels/shop");
            assertThat(gateway.bodies().get(0)).contains("\"events\":[]");
            Account.Installation gone = new Account.Installation(URI.create("http://127.0.0.1:9"), HOME.key());
            assertThat(line.connect(account.at(gone), new PlainTransport()))
                    .hasValueSatisfying(problem -> assertThat(problem).contains("its test did not arrive"));
            Map<String, String> wrong = new HashMap<>(simulator.settings());
            wrong.put("accessToken", "another");
            assertThat(line.connect(account(wrong), new PlainTransport()))
                    .hasValueSatisfying(problem ->
                            assertThat(problem).contains("LINE answered 401").contains("issue it again"));
        }
    }

    private Outcome fetch(LineSimulator simulator, MediaKind kind, String id, PlainTransport transport) {
        return line.fetch(
                account(simulator.settings()), Media.incoming(kind, null, null, null, id), request(), transport);
    }

    private Outcome send(LineSimulator simulator, ToCustomer message) {
        return line.send(account(simulator.settings()), message, new PlainTransport());
    }

    private static ToCustomer message(String to, Part part) {
        return new ToCustomer(
                "d-1/" + part.type(), "m-1", "c-1", to, List.of(part), null, null, List.of(), "Mara", false);
    }
}
