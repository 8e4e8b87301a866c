// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.teams.TeamsSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to Teams and what is fetched from there, against its simulator. */
final class TeamsSendTest {
    private final Teams teams = new Teams();
    private final TeamsSimulator simulator = new TeamsSimulator(0);
    private final Account account = TeamsTest.account(simulator.settings());
    private final PlainTransport transport = new PlainTransport();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Outcome send(String to, Part part) {
        return teams.send(
                account,
                new ToCustomer("d-1", "m-1", "c-1", to, List.of(part), null, null, List.of(), "Mara", false),
                transport);
    }

    private static Part text(String text) {
        return new Part.Text(text);
    }

    @Test
    void everyPartIsOneThatTeamsTakes() {
        List<Part> parts = List.of(
                text("a < b & *c* <at>Ana</at>"),
                new Choices(
                        "Which **one**?",
                        List.of(new Choice("red", "Red", null), new Choice("blue", "Blue", null)),
                        null),
                new Media(MediaKind.IMAGE, "image/png", "a.png", 900L, null, "m-1", "https://chat.example.com/m"));
        for (Part part : parts) {
            assertThat(Rendering.plan(teams.limits(account), List.of(part)).steps())
                    .isEqualTo(List.of(List.of(part)));
            assertThat(send(simulator.chat("Ana"), part)).isInstanceOfSatisfying(Outcome.Sent.class, sent -> {
                int last = simulator.delivered().size() - 1;
                assertThat(sent.externalId())
                        .isEqualTo(simulator.delivered().get(last).id());
            });
        }
        assertThat(simulator.delivered())
                .extracting(Delivered::content)
                .containsExactly("a < b & *c* <at>Ana</at>", "Which **one**?", "[image] https://chat.example.com/m");
        assertThat(simulator.delivered()).extracting(Delivered::customer).containsOnly("Ana");
    }

    /** The longest text, of characters that are two in JSON. */
    @Test
    void longestTextIsTaken() {
        assertThat(send("a:chat", text("\"".repeat(teams.limits(account).text()))))
                .isInstanceOf(Outcome.Sent.class);
    }

    @Test
    void answerInAThreadGoesThereAndHasTheChannelsId() {
        Outcome outcome = send("19:xyz@thread.tacv2;messageid=1789999990000", text("hi"));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Sent.class, sent -> assertThat(sent.externalId())
                .matches("19:xyz@thread\\.tacv2/\\d+"));
        assertThat(transport.calls().get(1).uri().getRawPath())
                .isEqualTo("/teams/v3/conversations/19%3Axyz%40thread.tacv2%3Bmessageid%3D1789999990000/activities");
    }

    @Test
    void answerGoesToTheConnectorThatBroughtTheMessage() {
        assertThat(send("a:chat " + simulator.baseUrl() + "/teams", text("hi"))).isInstanceOf(Outcome.Sent.class);
        // only the place of an answer, never called: the test's transport would reach the world
        assertThat(TeamsPlace.of(account, "a:chat https://SMBA.trafficmanager.net/emea")
                        .orElseThrow()
                        .service())
                .hasToString("https://SMBA.trafficmanager.net/emea");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/teams",
                "http://smba.trafficmanager.net/emea",
                "https://smba.trafficmanager.net:8443/emea",
                "https://smba.trafficmanager.net.evil.example/",
                "https://smba.trafficmanager.net@evil.example/",
                "https://smba.trafficmanager.net/emea?x=",
                "https://smba.trafficmanager.net/emea#x",
                "//smba.trafficmanager.net/emea",
                "not an address",
                ""
            })
    void tokenGoesToNoOtherHost(String service) throws Exception {
        assertThat(send("a:chat " + service, text("hi"))).isInstanceOf(Outcome.Refused.class);
        assertThat(transport.calls()).isEmpty();
        byte[] activity = ("{\"type\":\"message\",\"id\":\"1\",\"serviceUrl\":\"" + service
                        + "\",\"from\":{\"id\":\"29:1\"},\"conversation\":{\"id\":\"a:chat\"},\"text\":\"hi\"}")
                .getBytes(StandardCharsets.UTF_8);
        Request request = Request.polled("test", activity, Instant.EPOCH);
        assertThat(catchThrowable(() -> teams.read(account, Signature.polled(request))))
                .hasMessageContaining("serviceUrl");
    }

    @Test
    void tokenIsFetchedOnceAndRenewedWhenItIsRefused() {
        for (int i = 0; i < 3; i++) {
            assertThat(send("a:chat", text("hi"))).isInstanceOf(Outcome.Sent.class);
        }
        assertThat(transport.calls()).hasSize(4);
        simulator.forgetTokens();
        assertThat(send("a:chat", text("hi"))).isInstanceOf(Outcome.Sent.class);
        assertThat(simulator.delivered()).hasSize(4);
    }

    @Test
    void wrongClientSecretIsNamed() {
        Map<String, String> wrong = new HashMap<>(simulator.settings());
        wrong.put("clientSecret", "another");
        Outcome outcome = teams.send(
                TeamsTest.account(wrong),
                new ToCustomer("d", "m", "c", "a:chat", List.of(text("a")), null, null, List.of(), null, false),
                transport);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
            assertThat(refused.detail()).contains("invalid_client");
        });
    }

    @Test
    void pressedButtonComesWithItsId() throws Exception {
        try (FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            Part choices = new Choices("Which?", List.of(new Choice("color/red", "Red", null)), null);
            Outcome.Sent question = (Outcome.Sent) send(simulator.chat("Ana"), choices);
            simulator.customerPresses(gateway.baseUrl(), "Ana", "Red");
            MessageReceived pressed = received(gateway);
            assertThat(pressed.parts()).containsExactly(new Part.ChoiceMade("color/red", "Red"));
            assertThat(pressed.replyTo()).isEqualTo(question.externalId());
            assertThat(send(pressed.sender().address(), text("thanks"))).isInstanceOf(Outcome.Sent.class);
        }
    }

    private MessageReceived received(FakeProvider gateway) throws Exception {
        byte[] body = gateway.bodies().get(0).getBytes(StandardCharsets.UTF_8);
        Request request = Request.polled("test", body, Instant.now());
        return (MessageReceived) teams.read(account, Signature.polled(request)).get(0);
    }

    @Test
    void fileIsFetchedWithoutATokenAndAPictureWithOne() throws Exception {
        byte[] bytes = {1, 2, 3};
        try (FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            simulator.customerSendsFile(gateway.baseUrl(), "Ana", bytes, "a.pdf");
            Media file = (Media) received(gateway).parts().get(0);
            assertThat(file.mimeType()).isEqualTo("application/pdf");
            assertFetched(file, bytes);
            assertThat(transport.calls()).hasSize(1).allMatch(call -> call.authorization() == null);
        }
        try (FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            simulator.customerPastesPicture(gateway.baseUrl(), "Ana", bytes);
            Media picture = (Media) received(gateway).parts().get(0);
            assertThat(picture.media()).isEqualTo(MediaKind.IMAGE);
            assertFetched(picture, bytes);
            simulator.forgetTokens();
            assertFetched(picture, bytes);
            Media gone = Media.incoming(MediaKind.IMAGE, null, null, null, picture.source() + "/x");
            assertThat(fetch(gone))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.MEDIA_REFUSED));
            simulator.answerNext(500, Map.of(), "{}");
            assertThat(fetch(picture)).as("fetching harms nothing").isInstanceOf(Outcome.Retry.class);
        }
    }

    private Outcome fetch(Media media) {
        return teams.fetch(account, media, Request.polled("test", new byte[0], Instant.EPOCH), transport);
    }

    private void assertFetched(Media media, byte[] bytes) {
        assertThat(fetch(media)).isInstanceOfSatisfying(Outcome.Fetched.class, fetched -> assertThat(
                        transport.kept(fetched.blob().sha256()))
                .isEqualTo(bytes));
    }

    @Test
    void whoHasNotWrittenIsReachedByTheChatThatIsOpenedForThem() throws Exception {
        simulator.chat("Ana");
        Sender ana = teams.recipient(account, TeamsSimulator.objectId("Ana").toUpperCase(Locale.ROOT));
        for (int i = 0; i < 2; i++) {
            assertThat(send(ana.address(), text("hello"))).isInstanceOf(Outcome.Sent.class);
        }
        assertThat(simulator.delivered()).extracting(Delivered::customer).containsExactly("Ana", "Ana");
        try (FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            simulator.customerWrites(gateway.baseUrl(), "Ana", "hello back");
            assertThat(received(gateway).sender().identities()).containsAll(ana.identities());
        }
    }

    @Test
    void chatThatCannotBeOpenedIsNothingSent() throws Exception {
        String stranger =
                teams.recipient(account, TeamsSimulator.objectId("nobody")).address();
        assertThat(send(stranger, text("hello")))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.RECIPIENT_UNKNOWN));
        for (String answer : List.of("{}", "{\"id\":\"a b\"}", "[]")) {
            simulator.answerNext(200, Map.of(), answer);
            assertThat(send(stranger, text("hello"))).as(answer).isInstanceOf(Outcome.Retry.class);
        }
        simulator.answerNext(502, Map.of(), "");
        assertThat(send(stranger, text("hello"))).isInstanceOf(Outcome.Retry.class);
        assertThat(simulator.delivered()).isEmpty();
    }

    @Test
    void onlyAPersonsIdIsAnAddress() {
        for (String address : List.of("", "Ana", "ana@example.com", "a:chat", "19:x@thread.v2", "29:a b", "user:1")) {
            assertThat(catchThrowable(() -> teams.recipient(account, address)))
                    .as(address)
                    .isInstanceOf(MalformedPayload.class);
        }
        Map<String, String> many = new HashMap<>(simulator.settings());
        many.put("tenantId", "botframework.com");
        assertThat(catchThrowable(() -> teams.recipient(TeamsTest.account(many), TeamsSimulator.objectId("Ana"))))
                .hasMessageContaining("tenantId");
    }

    @ParameterizedTest
    @CsvSource({
        "403,ConversationBlockedByUser,RECIPIENT_OPTED_OUT",
        "403,MessageWritesBlocked,RECIPIENT_OPTED_OUT",
        "403,ForbiddenOperationException,RECIPIENT_UNKNOWN",
        "403,BotNotInConversationRoster,RECIPIENT_UNKNOWN",
        "403,BotDisabledByAdmin,ACCOUNT_BLOCKED",
        "403,InvalidBotApiHost,ACCOUNT_BLOCKED",
        "403,NotEnoughPermissions,ACCOUNT_BLOCKED",
        "403,unheard-of,AUTHENTICATION_FAILED",
        "404,ConversationNotFound,RECIPIENT_UNKNOWN",
        "404,unheard-of,RECIPIENT_UNKNOWN",
        "413,MessageSizeTooBig,TOO_LARGE",
        "413,unheard-of,TOO_LARGE",
        "400,BadSyntax,CONTENT_REFUSED",
    })
    void refusalHasItsReason(int status, String code, Reason reason) {
        assertThat(answered(status, Map.of(), "{\"error\":{\"code\":\"" + code + "\",\"message\":\"m\"}}"))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    /** As Microsoft shows it under "Understand who blocked, muted, or uninstalled a bot". */
    @Test
    void blockedBotIsKnownByTheCodeWithinTheMessage() {
        String body = "{\"errorCode\":209,\"message\":\"{\\r\\n  \\\"subCode\\\": \\\"MessageWritesBlocked\\\",\\r\\n"
                + "  \\\"details\\\": \\\"Thread is blocked from message writes.\\\",\\r\\n  \\\"errorCode\\\": null\\r\\n}\"}";
        assertThat(answered(403, Map.of(), body))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.RECIPIENT_OPTED_OUT));
    }

    @Test
    void whatPassesIsTriedAgainWhenTeamsAsks() {
        Map<String, String> seven = Map.of("Retry-After", "7");
        Duration after = Duration.ofSeconds(7);
        assertThat(answered(412, seven, "{\"error\":{\"code\":\"PreconditionFailed\"}}"))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).isEqualTo(after));
        assertThat(answered(412, seven, "")).isInstanceOf(Outcome.Retry.class);
        assertThat(answered(429, seven, "{\"error\":{\"code\":\"Throttled\"}}"))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).isEqualTo(after));
        for (int status : new int[] {500, 502, 504}) { // it may be there already
            assertThat(answered(status, seven, "{\"error\":{\"code\":\"ServiceError\"}}"))
                    .isInstanceOfSatisfying(Outcome.Uncertain.class, open -> assertThat(open.after())
                            .isEqualTo(after));
        }
    }

    private Outcome answered(int status, Map<String, String> headers, String body) {
        send("a:chat", text("fetches the token"));
        simulator.answerNext(status, headers, body);
        return send("a:chat", text("a"));
    }

    @Test
    void planNamesTheAddressAndNoSecret() {
        assertThat(teams.plan(account).automatic()).isFalse();
        assertThat(String.join("\n", teams.plan(account).steps()))
                .contains("https://chat.example.com/channels/shop", "appId", "supportsFiles")
                .doesNotContain(simulator.settings().get("clientSecret"));
        assertThat(teams.connect(account, transport)).isEmpty();
    }

    @Test
    void onlyAnInvokeIsAnswered() {
        String invoke = "{\"type\":\"invoke\",\"name\":\"adaptiveCard/action\"}";
        assertThat(answer(invoke)).contains("\"statusCode\":200");
        assertThat(answer("{\"type\":\"message\"}")).isEmpty();
        assertThat(answer("[]")).isEmpty();
    }

    private String answer(String body) {
        Request request = Request.polled("test", body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        return teams.acknowledge(account, request).body();
    }
}
