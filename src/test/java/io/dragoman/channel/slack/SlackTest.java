// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
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
import io.dragoman.simulator.slack.SlackSimulator;
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
import org.junit.jupiter.params.provider.ValueSource;

final class SlackTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/slack");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String USER = "D7";
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final Slack slack = new Slack();

    @Override
    public Slack connector() {
        return slack;
    }

    @Override
    public Account account(URI provider) {
        return account(Map.of(
                "signingSecret", "the-signing-secret", "botToken", "the-bot-token", "baseUrl", provider.toString()));
    }

    private Account account(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : slack.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "shop", "slack", values, false, HOME);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-signing-secret", "the-bot-token");
    }

    @Override
    public byte[] recorded() {
        return ("{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"event_time\":1790000000,"
                        + "\"event\":{\"type\":\"message\",\"channel\":\"" + USER + "\",\"user\":\"U5\","
                        + "\"ts\":\"1790000000.000200\",\"text\":\"" + CANARY + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return signed(body, Long.toString(NOW.getEpochSecond()));
    }

    private static Request signed(byte[] body, String time) {
        byte[] start = HmacSigner.utf8("v0:" + time + ":");
        String signature = "v0=" + HmacSigner.hex("HmacSHA256", HmacSigner.utf8("the-signing-secret"), start, body);
        return request(body, time, signature, NOW);
    }

    private static Request request(byte[] body, String time, String signature, Instant now) {
        Map<String, String> headers = Map.of(
                "content-type", "application/json", "x-slack-request-timestamp", time, "x-slack-signature", signature);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", "", headers, body, now);
    }

    @Override
    public List<String> lanes() {
        return List.of(USER);
    }

    @Override
    public List<String> proof() {
        return List.of("x-slack-signature", "x-slack-request-timestamp");
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
        CASES.check(name, recorded -> slack.read(account(), slack.verify(account(), signed(recorded))));
    }

    /** Found right by npm @slack/bolt 5.1.0 (verifySlackRequest), and wrong with a space behind the body. */
    @Test
    void signatureIsThatOfTheProvidersLibrary() throws Exception {
        byte[] body = "{\"text\":\"გამარჯობა 👍🏽 é\"}".getBytes(StandardCharsets.UTF_8);
        String signature = "v0=dd588912e31de8d256b4b151f519fe601676766371765d7b6d41dc2b43ba27e1";
        Request request = request(body, "1795255230", signature, Instant.ofEpochSecond(1795255230));
        assertThat(slack.verify(account(), request).request()).isSameAs(request);
    }

    /** The example of docs.slack.dev, "Verifying requests from Slack". */
    @Test
    void signatureIsThatOfSlacksExample() throws Exception {
        Account known = account(Map.of("signingSecret", "8f742231b10e8888abcd99yyyzzz85a5", "botToken", "t"));
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
                + "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        Request request = request(
                body.getBytes(StandardCharsets.UTF_8),
                "1531420618",
                "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
                Instant.ofEpochSecond(1531420618));
        assertThat(slack.verify(known, request).request()).isSameAs(request);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 1_000_000_000})
    void whatIsOldOrToComeIsRefused(long seconds) {
        String time = Long.toString(NOW.getEpochSecond() + seconds);
        assertThatThrownBy(() -> slack.verify(account(), signed(recorded(), time)))
                .isInstanceOf(AuthenticationFailed.class)
                .hasMessageContaining("five minutes");
    }

    @Test
    void challengeIsRepeatedAndNothingElse() {
        assertThat(challenged("{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aB\"}"))
                .isEqualTo("3eZbrw1aB");
        assertThat(challenged("{\"type\":\"url_verification\",\"challenge\":\"<b>\"}"))
                .isEmpty();
        assertThat(challenged("{\"type\":\"event_callback\",\"challenge\":\"3eZbrw1aB\"}"))
                .isEmpty();
        assertThat(challenged("payload=x")).isEmpty();
    }

    private String challenged(String body) {
        return slack.acknowledge(account(), signed(body.getBytes(StandardCharsets.UTF_8)))
                .body();
    }

    @Test
    void everyPartIsOneThatSlackTakes() {
        List<Part> parts = List.of(
                new Part.Text("a < b & c <!channel>"),
                new Choices(
                        "Which one?", List.of(new Choice("red", "Red", null), new Choice("blue", "Blue", null)), null),
                new Media(MediaKind.IMAGE, "image/png", null, 900L, null, null, "https://chat.example.com/m"));
        try (SlackSimulator simulator = new SlackSimulator(0)) {
            for (Part part : parts) {
                assertThat(Rendering.plan(slack.limits(account()), List.of(part))
                                .steps())
                        .isEqualTo(List.of(List.of(part)));
                Outcome outcome = slack.send(account(simulator.settings()), message("D7", part), new PlainTransport());
                int last = simulator.delivered().size() - 1;
                assertThat(outcome)
                        .isEqualTo(
                                new Outcome.Sent(simulator.delivered().get(last).id()));
            }
            assertThat(simulator.delivered())
                    .extracting(Delivered::content)
                    .containsExactly("a < b & c <!channel>", "Which one?", "https://chat.example.com/m");
        }
    }

    @Test
    void answerInAThreadGoesBelowIt() {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{\"ok\":true}")) {
            slack.send(
                    account(provider.baseUrl()),
                    message("C1/1790000000.000200", new Part.Text("<!here>")),
                    new PlainTransport());
            assertThat(provider.bodies().get(0))
                    .contains("\"channel\":\"C1\"", "\"thread_ts\":\"1790000000.000200\"", "&lt;!here&gt;");
        }
    }

    @Test
    void pressedButtonComesWithItsId() throws Exception {
        try (SlackSimulator simulator = new SlackSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            String channel = simulator.channel("Ana");
            Part choices = new Choices("Which?", List.of(new Choice("color/red", "Red", null)), null);
            slack.send(account(simulator.settings()), message(channel, choices), new PlainTransport());
            simulator.customerPresses(gateway.baseUrl(), "Ana", "Red");
            byte[] pressed = gateway.bodies().get(0).getBytes(StandardCharsets.UTF_8);
            assertThat(slack.read(account(), slack.verify(account(), signed(pressed))))
                    .singleElement()
                    .isInstanceOfSatisfying(MessageReceived.class, message -> {
                        assertThat(message.parts()).containsExactly(new Part.ChoiceMade("color/red", "Red"));
                        assertThat(message.sender().address()).isEqualTo(channel);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "channel_not_found,RECIPIENT_UNKNOWN", "not_in_channel,RECIPIENT_UNKNOWN", "is_archived,RECIPIENT_UNKNOWN",
        "msg_too_long,TOO_LARGE", "no_text,CONTENT_REFUSED", "restricted_action,ACCOUNT_BLOCKED",
        "invalid_auth,AUTHENTICATION_FAILED", "missing_scope,AUTHENTICATION_FAILED", "unheard_of,CONTENT_REFUSED",
    })
    void refusalHasItsReason(String error, Reason reason) {
        assertThat(answered("{\"ok\":false,\"error\":\"" + error + "\"}"))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @Test
    void throttlingPassesAndSlacksOwnFailureIsOpen() {
        assertThat(answered("{\"ok\":false,\"error\":\"ratelimited\"}")).isInstanceOf(Outcome.Retry.class);
        assertThat(answered("{\"ok\":false,\"error\":\"internal_error\"}")).isInstanceOf(Outcome.Uncertain.class);
        assertThat(answered("<html>")).isInstanceOf(Outcome.Uncertain.class);
    }

    @Test
    void fileIsFetchedWithTheTokenAndALoginPageIsNoFile() throws Exception {
        try (SlackSimulator simulator = new SlackSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            simulator.customerSendsFile(gateway.baseUrl(), "Ana", new byte[] {1, 2, 3}, "application/pdf", "a.pdf");
            byte[] sent = gateway.bodies().get(0).getBytes(StandardCharsets.UTF_8);
            MessageReceived message = (MessageReceived)
                    slack.read(account(), slack.verify(account(), signed(sent))).get(0);
            Media media = (Media) message.parts().get(0);
            PlainTransport transport = new PlainTransport();
            Outcome fetched = slack.fetch(account(simulator.settings()), media, request(), transport);
            assertThat(fetched).isInstanceOf(Outcome.Fetched.class);
            assertThat(transport.kept(((Outcome.Fetched) fetched).blob().sha256()))
                    .containsExactly(1, 2, 3);
            Map<String, String> wrong = new HashMap<>(simulator.settings());
            wrong.put("botToken", "another");
            assertThat(slack.fetch(account(wrong), media, request(), transport))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.AUTHENTICATION_FAILED));
        }
    }

    private Outcome answered(String body) {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), body)) {
            return slack.send(account(provider.baseUrl()), message("D7", new Part.Text("a")), new PlainTransport());
        }
    }

    private static ToCustomer message(String to, Part part) {
        return new ToCustomer("d-1", "m-1", "c-1", to, List.of(part), null, null, List.of(), "Mara", false);
    }
}
