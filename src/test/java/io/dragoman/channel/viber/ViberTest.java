// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.viber;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.viber.ViberSimulator;
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

final class ViberTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/viber");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String USER = "01234567890A=";
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final Viber viber = new Viber();

    @Override
    public Viber connector() {
        return viber;
    }

    @Override
    public Account account(URI provider) {
        return account(Map.of("authToken", "the-auth-token", "sender", "Shop", "baseUrl", provider.toString()));
    }

    private Account account(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : viber.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "shop", "viber", values, false, HOME);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-auth-token");
    }

    @Override
    public byte[] recorded() {
        return ("{\"event\":\"message\",\"timestamp\":1790000000123,\"message_token\":5912661846655238145,"
                        + "\"sender\":{\"id\":\"" + USER + "\",\"name\":\"Ana\"},"
                        + "\"message\":{\"type\":\"text\",\"text\":\"" + CANARY + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return signed(body, HmacSigner.hex("HmacSHA256", HmacSigner.utf8("the-auth-token"), body));
    }

    private static Request signed(byte[] body, String signature) {
        Map<String, String> headers =
                Map.of("content-type", "application/json", "x-viber-content-signature", signature);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", "", headers, body, NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of(USER);
    }

    @Override
    public List<String> proof() {
        return List.of("x-viber-content-signature");
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
        CASES.check(name, recorded -> viber.read(account(), viber.verify(account(), signed(recorded))));
    }

    /** RFC 4231, test case 2. */
    @Test
    void signatureIsHmacSha256OfTheBodyInHexadecimalDigits() throws Exception {
        Account known = account(Map.of("authToken", "Jefe", "sender", "Shop"));
        byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
        Request request = signed(body, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(viber.verify(known, request).request()).isSameAs(request);
    }

    /** Found right by npm viber-bot 1.0.18 (MessageValidator), and wrong with a space behind the body. */
    @Test
    void signatureIsThatOfTheProvidersLibrary() throws Exception {
        byte[] body = "{\"text\":\"გამარჯობა 👍🏽 é\"}".getBytes(StandardCharsets.UTF_8);
        Request request = signed(body, "47bb923e7daa6606d2c532e2cb7654067dfb8e455ccb275f8cfd429320564634");
        assertThat(viber.verify(account(), request).request()).isSameAs(request);
    }

    @Test
    void everyPartIsOneThatViberTakes() {
        List<Part> parts = List.of(
                new Part.Text("Привіт 👋🏽"),
                new Choices(
                        "Which one?", List.of(new Choice("red", "Red", null), new Choice("blue", "Blue", null)), null),
                media(MediaKind.IMAGE, "image/png", null),
                media(MediaKind.VIDEO, "video/mp4", null),
                media(MediaKind.FILE, "application/pdf", "invoice.pdf"),
                new Part.Location(52.5, 13.4, null, null),
                new Part.ContactCard("Ben", List.of("+4917000"), List.of(), null),
                new Part.ContactCard("Eve", List.of(), List.of("eve@example.com"), null));
        try (ViberSimulator simulator = new ViberSimulator(0)) {
            for (Part part : parts) {
                assertThat(Rendering.plan(viber.limits(account()), List.of(part))
                                .steps())
                        .isEqualTo(List.of(List.of(part)));
                assertThat(send(simulator, part)).isInstanceOf(Outcome.Sent.class);
            }
            assertThat(simulator.delivered())
                    .extracting(Delivered::content)
                    .containsExactly(
                            "Привіт 👋🏽",
                            "Which one?",
                            "[picture] https://chat.example.com/m",
                            "[video] https://chat.example.com/m",
                            "[file] https://chat.example.com/m",
                            "[location] ",
                            "[contact] ",
                            "Eve\neve@example.com");
        }
    }

    @Test
    void idsOfSixtyFourBitsStayWhole() {
        try (ViberSimulator simulator = new ViberSimulator(0)) {
            Outcome outcome = send(simulator, new Part.Text("a"));
            assertThat(outcome)
                    .isEqualTo(new Outcome.Sent(simulator.delivered().get(0).id()));
        }
    }

    @Test
    void pressedButtonComesWithItsId() throws Exception {
        try (ViberSimulator simulator = new ViberSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            send(simulator, new Choices("Which?", List.of(new Choice("color/red", "Red", null)), null));
            simulator.customerPresses(gateway.baseUrl(), USER, "Red");
            byte[] pressed = gateway.bodies().get(0).getBytes(StandardCharsets.UTF_8);
            assertThat(viber.read(account(), viber.verify(account(), signed(pressed))))
                    .singleElement()
                    .isInstanceOfSatisfying(MessageReceived.class, message -> assertThat(message.parts())
                            .containsExactly(new Part.ChoiceMade("color/red", "Red")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,MEDIA_REFUSED",
        "2,AUTHENTICATION_FAILED",
        "3,CONTENT_REFUSED",
        "5,RECIPIENT_UNKNOWN",
        "6,RECIPIENT_OPTED_OUT",
        "7,ACCOUNT_BLOCKED",
        "10,ACCOUNT_BLOCKED",
        "11,UNSUPPORTED",
        "21,UNSUPPORTED",
        "23,WINDOW_CLOSED",
        "24,ACCOUNT_BLOCKED",
        "999,CONTENT_REFUSED",
    })
    void refusalHasItsReason(int status, Reason reason) {
        assertThat(answered("{\"status\":" + status + ",\"status_message\":\"x\"}"))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @Test
    void tooManyRequestsPass() {
        assertThat(answered("{\"status\":12}")).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void answerWithoutAStatusLeavesItOpen() {
        assertThat(answered("<html>")).isInstanceOf(Outcome.Uncertain.class);
    }

    @Test
    void fileOfUnknownSizeIsRefused() {
        Media file = new Media(MediaKind.FILE, "a/b", null, null, null, "m-1", "https://chat.example.com/m");
        assertThat(viber.send(account(), message(file), new PlainTransport())).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void addressIsSetAndTried() throws Exception {
        try (ViberSimulator simulator = new ViberSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            Account account = account(simulator.settings());
            Account.Installation home = new Account.Installation(gateway.baseUrl(), HOME.key());
            assertThat(viber.connect(account.at(home), new PlainTransport())).isEmpty();
            assertThat(simulator.webhook()).hasToString(gateway.baseUrl() + "/channels/shop");
            Account.Installation gone = new Account.Installation(URI.create("http://127.0.0.1:9"), HOME.key());
            assertThat(viber.connect(account.at(gone), new PlainTransport()))
                    .hasValueSatisfying(problem -> assertThat(problem).contains("The gateway must run"));
            Map<String, String> wrong = new HashMap<>(simulator.settings());
            wrong.put("authToken", "another");
            assertThat(viber.connect(account(wrong), new PlainTransport()))
                    .hasValueSatisfying(problem -> assertThat(problem).contains("authToken is not the bot's"));
        }
    }

    private Outcome answered(String body) {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), body)) {
            return viber.send(account(provider.baseUrl()), message(new Part.Text("a")), new PlainTransport());
        }
    }

    private static Media media(MediaKind kind, String type, @org.jspecify.annotations.Nullable String name) {
        return new Media(kind, type, name, 900L, null, "m-1", "https://chat.example.com/m");
    }

    private Outcome send(ViberSimulator simulator, Part part) {
        return viber.send(account(simulator.settings()), message(part), new PlainTransport());
    }

    private static ToCustomer message(Part part) {
        return new ToCustomer("d-1", "m-1", "c-1", USER, List.of(part), null, null, List.of(), "Mara", false);
    }
}
