// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.wechat.WeChatSimulator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending and fetching, against the simulated API. */
final class WeChatSendTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String USER = "oyORnuP8q7ou2gfYjqLzSIWZf0rs";
    private static final URI CALLBACK = URI.create("http://127.0.0.1:9/channels/shop");
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final WeChat weChat = new WeChat();
    private final TestClock clock = TestClock.at(NOW);
    private final WeChatSimulator simulator = new WeChatSimulator(0, true, clock);
    private final List<HttpRequest> posted = new CopyOnWriteArrayList<>();
    private final PlainTransport transport = new PlainTransport() {
        @Override
        public Clock clock() {
            return clock;
        }
    };

    WeChatSendTest() {
        simulator.courier(webhook -> {
            posted.add(webhook);
            return 200;
        });
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everyPartIsOneThatWeChatTakes() {
        transport.put("m-1", new byte[900]);
        List<Part> parts = List.of(
                new Part.Text("你好 👋🏽 \\u0041 <a>"),
                new Choices("哪一个?", List.of(new Choice("red", "红色", null), new Choice("blue", "蓝色", null)), null),
                media(MediaKind.IMAGE, "image/png"),
                media(MediaKind.AUDIO, "audio/mpeg"),
                media(MediaKind.VIDEO, "video/mp4"));
        simulator.customerWrites(CALLBACK, USER, "hello");
        for (Part part : parts) {
            assertThat(Rendering.plan(weChat.limits(account()), List.of(part)).steps())
                    .isEqualTo(List.of(List.of(part)));
            assertThat(send(part)).as(part.toString()).isEqualTo(new Outcome.Sent(null));
        }
        assertThat(simulator.delivered())
                .extracting(Delivered::content)
                .containsExactly("你好 👋🏽 \\u0041 <a>", "哪一个?", "[image]", "[voice]", "[video]");
    }

    @Test
    void pickedRowComesWithItsId() throws Exception {
        simulator.customerWrites(CALLBACK, USER, "hello");
        send(new Choices("Which?", List.of(new Choice("color/red", "Red", null)), null));
        simulator.customerPicks(CALLBACK, USER, "Red");
        assertThat(weChat.read(account(), weChat.verify(account(), last())))
                .singleElement()
                .isInstanceOfSatisfying(MessageReceived.class, message -> assertThat(message.parts())
                        .containsExactly(new Part.ChoiceMade("color/red", "Red")));
    }

    @Test
    void windowClosesAfterFortyEightHours() {
        simulator.customerWrites(CALLBACK, USER, "hello");
        clock.move(Duration.ofDays(2).minusSeconds(1));
        assertThat(send(new Part.Text("in time"))).isInstanceOf(Outcome.Sent.class);
        clock.move(Duration.ofSeconds(1));
        assertRefused(send(new Part.Text("late")), Reason.WINDOW_CLOSED);
        assertThat(weChat.limits(account()).replyWindow()).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void windowThatIsClosedOpensWhenTheCustomerWrites() {
        simulator.customerWrites(CALLBACK, USER, "hello");
        assertThat(simulator.closeWindow(USER)).isTrue();
        assertRefused(send(new Part.Text("late")), Reason.WINDOW_CLOSED);
        simulator.customerWrites(CALLBACK, USER, "hello?");
        assertThat(send(new Part.Text("in time"))).isInstanceOf(Outcome.Sent.class);
    }

    @Test
    void sixthMessageWithoutAnAnswerIsRefused() {
        simulator.customerWrites(CALLBACK, USER, "hello");
        for (int i = 0; i < 5; i++) {
            assertThat(send(new Part.Text("a"))).isInstanceOf(Outcome.Sent.class);
        }
        assertThat(send(new Part.Text("a")))
                .isEqualTo(new Outcome.Refused(
                        Reason.WINDOW_CLOSED,
                        "WeChat answered 200, code 45047: what may follow the customer's last message is used up"));
        simulator.customerWrites(CALLBACK, USER, "more");
        assertThat(send(new Part.Text("a"))).isInstanceOf(Outcome.Sent.class);
    }

    @Test
    void whoLeftIsNotReached() {
        simulator.customerWrites(CALLBACK, USER, "hello");
        simulator.customerCauses(CALLBACK, USER, "unsubscribe", "");
        assertRefused(send(new Part.Text("a")), Reason.WINDOW_CLOSED);
    }

    @Test
    void tokenIsFetchedOnceAndAnewBeforeItsEnd() {
        simulator.customerWrites(CALLBACK, USER, "hello");
        send(new Part.Text("a"));
        send(new Part.Text("b"));
        assertThat(fetched()).isEqualTo(1);
        clock.move(Duration.ofMinutes(116));
        assertThat(send(new Part.Text("c"))).isInstanceOf(Outcome.Sent.class);
        assertThat(fetched()).isEqualTo(2);
    }

    @Test
    void tokenThatSomebodyEndedIsFetchedAnewOnce() {
        simulator.customerWrites(CALLBACK, USER, "hello");
        send(new Part.Text("a"));
        simulator.endToken();
        assertThat(send(new Part.Text("b"))).isInstanceOf(Outcome.Sent.class);
        assertThat(fetched()).isEqualTo(2);
        simulator.endToken();
        transport.put("m-1", new byte[9]);
        assertThat(send(media(MediaKind.IMAGE, "image/png"))).isInstanceOf(Outcome.Sent.class);
        assertThat(fetched()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"40001", "40014", "42001"})
    void tokenThatStaysRefusedIsTriedTwiceOnly(int code) {
        try (FakeProvider provider = provider("{\"errcode\":" + code + "}")) {
            assertRefused(send(provider.baseUrl(), new Part.Text("a")), Reason.AUTHENTICATION_FAILED);
            assertThat(provider.bodies()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "appSecret,another,appSecret is not the account's",
        "appId,wx0000,appId is none",
    })
    void wrongCredentialsAreNamed(String setting, String value, String words) {
        Map<String, String> wrong = new HashMap<>(simulator.settings());
        wrong.put(setting, value);
        Outcome outcome = weChat.send(account(wrong), message(new Part.Text("a")), transport);
        assertRefused(outcome, Reason.AUTHENTICATION_FAILED);
        assertThat(((Outcome.Refused) outcome).detail()).contains(words).doesNotContain(value);
    }

    @ParameterizedTest
    @CsvSource({
        "40003,RECIPIENT_UNKNOWN",
        "40007,MEDIA_REFUSED",
        "40164,AUTHENTICATION_FAILED",
        "43004,RECIPIENT_OPTED_OUT",
        "43019,RECIPIENT_OPTED_OUT",
        "45002,TOO_LARGE",
        "45015,WINDOW_CLOSED",
        "45047,WINDOW_CLOSED",
        "48001,ACCOUNT_BLOCKED",
        "48002,RECIPIENT_OPTED_OUT",
        "50005,RECIPIENT_OPTED_OUT",
        "61451,CONTENT_REFUSED",
        "99999,CONTENT_REFUSED",
    })
    void refusalHasItsReason(int code, Reason reason) {
        assertRefused(answered("{\"errcode\":" + code + ",\"errmsg\":\"x\"}"), reason);
    }

    @ParameterizedTest
    @CsvSource({"-1,PROVIDER_DOWN,", "45009,THROTTLED,PT1H", "45011,THROTTLED,PT1M"})
    void whatPassesIsTriedAgain(int code, Reason reason, Duration after) {
        assertThat(answered("{\"errcode\":" + code + "}")).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo(reason);
            assertThat(retry.after()).isEqualTo(after);
        });
    }

    @Test
    void answerThatIsNoJsonLeavesItOpen() {
        assertThat(answered("<html>")).isInstanceOf(Outcome.Uncertain.class);
    }

    @Test
    void attachedMediaIsFetchedById() {
        simulator.holds("v-1", "audio/amr", new byte[] {1, 2, 3});
        Outcome outcome = fetch("v-1");
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Fetched.class, fetched -> assertThat(
                        transport.kept(fetched.blob().sha256()))
                .containsExactly(1, 2, 3));
    }

    @Test
    void filmIsFetchedFromWhereItIs() {
        try (FakeProvider films = FakeProvider.answering(200, Map.of(), "the film")) {
            simulator.holds("f-1", "text/plain", utf8("{\"video_url\":\"" + films.baseUrl() + "/f.mp4\"}"));
            assertThat(fetch("f-1")).isInstanceOfSatisfying(Outcome.Fetched.class, fetched -> assertThat(
                            transport.kept(fetched.blob().sha256()))
                    .isEqualTo(utf8("the film")));
            assertThat(transport.calls().get(transport.calls().size() - 1).uri().getQuery())
                    .as("our token stays with WeChat")
                    .isNull();
        }
    }

    @Test
    void errorInsteadOfMediaIsNotKeptAsMedia() {
        assertRefused(fetch("gone-1"), Reason.MEDIA_REFUSED);
    }

    @Test
    void tokenIsFetchedAnewForMediaToo() {
        simulator.holds("v-1", "audio/amr", new byte[] {1});
        assertThat(fetch("v-1")).isInstanceOf(Outcome.Fetched.class);
        simulator.endToken();
        assertThat(fetch("v-1")).isInstanceOf(Outcome.Fetched.class);
        assertThat(fetched()).isEqualTo(2);
    }

    @Test
    void mediaOverTheLimitGoesAsALink() {
        Media large =
                new Media(MediaKind.AUDIO, "audio/amr", null, 3L << 20, null, "m-1", "https://chat.example.com/m");
        assertThat(Rendering.plan(weChat.limits(account()), List.of(large)).steps())
                .first()
                .satisfies(step -> assertThat(step.get(0)).isInstanceOf(Part.Text.class));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Outcome fetch(String source) {
        Media media = Media.incoming(MediaKind.AUDIO, null, null, null, source);
        return weChat.fetch(account(), media, Request.polled("test", new byte[0], NOW), transport);
    }

    private long fetched() {
        return transport.calls().stream()
                .map(HttpCall::uri)
                .filter(uri -> uri.getPath().equals("/cgi-bin/stable_token"))
                .count();
    }

    private Request last() {
        HttpRequest webhook = posted.get(posted.size() - 1);
        try (FakeProvider echo = FakeProvider.answering(200, Map.of(), "")) {
            URI target = URI.create(echo.baseUrl() + "/?" + webhook.uri().getRawQuery());
            java.net.http.HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(target)
                                    .POST(webhook.bodyPublisher().orElseThrow())
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.discarding());
            return new Request(
                    Request.Origin.RECEIVED,
                    "POST",
                    "/channels/shop",
                    webhook.uri().getRawQuery(),
                    Map.of(),
                    utf8(echo.bodies().get(0)),
                    clock.instant());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FakeProvider provider(String answer) {
        return FakeProvider.answering(200, Map.of(), answer)
                .granting(Map.of("/cgi-bin/stable_token", "{\"access_token\":\"t\",\"expires_in\":7200}"));
    }

    private Outcome answered(String body) {
        try (FakeProvider provider = provider(body)) {
            return send(provider.baseUrl(), new Part.Text("a"));
        }
    }

    private static void assertRefused(Outcome outcome, Reason reason) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo(reason));
    }

    private static Media media(MediaKind kind, String type) {
        return new Media(kind, type, "a b.xyz", 900L, null, "m-1", "https://chat.example.com/m");
    }

    private Account account() {
        return account(simulator.settings());
    }

    private Account account(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : weChat.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "shop", "wechat", values, false, HOME);
    }

    private Outcome send(Part part) {
        return weChat.send(account(), message(part), transport);
    }

    private Outcome send(URI provider, Part part) {
        Map<String, String> settings = new HashMap<>(simulator.settings());
        settings.put("baseUrl", provider.toString());
        return weChat.send(account(settings), message(part), transport);
    }

    private static ToCustomer message(Part part) {
        return new ToCustomer("d-1", "m-1", "c-1", USER, List.of(part), null, null, List.of(), "Mara", false);
    }
}
