// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.discord.DiscordSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiscordSendTest {
    private final DiscordSimulator simulator = new DiscordSimulator(0);
    private final Discord discord = new Discord();
    private final PlainTransport transport = new PlainTransport();
    private final Account account = DiscordAccounts.of(simulator.settings());
    private final String ana = simulator.direct("Ana");

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static ToCustomer message(String key, String to, @Nullable String replyTo, Part... parts) {
        return new ToCustomer(key, "m-1", "c-1", to, List.of(parts), replyTo, null, List.of(), "Mara", false);
    }

    private List<String> contents() {
        return simulator.delivered().stream().map(Delivered::content).toList();
    }

    @Test
    void everyPartIsOneThatDiscordTakes() {
        transport.put("stored", "pdf".getBytes(StandardCharsets.UTF_8));
        List<Choice> many = IntStream.range(0, 25)
                .mapToObj(i -> new Choice("id-" + i, "Title " + i, null))
                .toList();
        List<List<Part>> steps = List.of(
                List.of(new Part.Text("x".repeat(2000))),
                List.of(new Choices("Which one?", List.of(new Choice("red", "Red", null)), null)),
                List.of(new Choices("Buttons", many, null)),
                List.of(new Choices("Menu", many, "Pick")),
                List.of(new Media(MediaKind.FILE, "application/pdf", "a.pdf", 3L, null, "stored", null)),
                List.of(
                        new Media(MediaKind.IMAGE, "image/png", "b.png", 3L, null, "stored", null),
                        new Part.Text("with words")),
                List.of(new Media(MediaKind.IMAGE, "image/png", null, 3L, null, null, "https://a.example/p.png")));
        for (int i = 0; i < steps.size(); i++) {
            Part[] parts = steps.get(i).toArray(Part[]::new);
            assertThat(Rendering.plan(discord.limits(account, ana), List.of(parts))
                            .steps())
                    .isEqualTo(List.of(steps.get(i)));
            Outcome outcome = discord.send(account, message("d-" + i, ana, null, parts), transport);
            assertThat(outcome)
                    .isEqualTo(new Outcome.Sent(simulator.delivered().get(i).id()));
        }
        assertThat(contents())
                .containsExactly(
                        "x".repeat(2000),
                        "Which one?",
                        "Buttons",
                        "Menu",
                        "[file]",
                        "[file] with words",
                        "https://a.example/p.png");
    }

    @Test
    void longTextIsSplitAndNothingIsLost() {
        String text = "word ".repeat(900).strip();
        List<List<Part>> steps = Rendering.plan(discord.limits(account, ana), List.of(new Part.Text(text)))
                .steps();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(discord.send(
                            account, message("d-" + i, ana, null, steps.get(i).get(0)), transport))
                    .isInstanceOf(Outcome.Sent.class);
        }
        assertThat(steps).hasSizeGreaterThan(2);
        assertThat(String.join(" ", contents())).isEqualTo(text);
    }

    @Test
    void repetitionIsTheSameMessage() {
        assertThat(discord.retrySafety()).isEqualTo(RetrySafety.IDEMPOTENT);
        assertThat(discord.keysKept()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(5));
        Outcome first = discord.send(account, message("d-1", ana, null, new Part.Text("once")), transport);
        assertThat(discord.send(account, message("d-1", ana, null, new Part.Text("once")), transport))
                .isEqualTo(first);
        assertThat(discord.send(account, message("d-2", ana, null, new Part.Text("once")), transport))
                .isNotEqualTo(first);
        assertThat(contents()).containsExactly("once", "once");
        assertThat(Sender.nonce("d-1")).hasSize(25).isNotEqualTo(Sender.nonce("d-2"));
    }

    @Test
    void personIsCalledInAServerAndNobodyElseIsAnywhere() throws Exception {
        JsonNode shared = sent("77/66", "123", new Part.Text("@everyone <@55> hi"));
        assertThat(shared.path("content").asText()).isEqualTo("<@66> @everyone <@55> hi");
        assertThat(shared.at("/allowed_mentions").toString()).isEqualTo("{\"parse\":[],\"users\":[\"66\"]}");
        assertThat(shared.at("/message_reference").toString())
                .isEqualTo("{\"message_id\":\"123\",\"fail_if_not_exists\":false}");
        JsonNode direct = sent("77", null, new Part.Text("@everyone"));
        assertThat(direct.at("/allowed_mentions").toString()).isEqualTo("{\"parse\":[]}");
        assertThat(direct.path("enforce_nonce").asBoolean()).isTrue();
        assertThat(direct.has("message_reference")).isFalse();
        int longest = discord.limits(account, "77/66").text();
        assertThat(longest + "<@12345678901234567890> ".length()).isLessThanOrEqualTo(2000);
    }

    private JsonNode sent(String to, @Nullable String replyTo, Part part) throws Exception {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{\"id\":\"5\"}")) {
            Account other = DiscordAccounts.of(DiscordAccounts.with(
                    simulator.settings(), "baseUrl", provider.baseUrl().toString()));
            assertThat(discord.send(other, message("d-1", to, replyTo, part), transport))
                    .isEqualTo(new Outcome.Sent("5"));
            return Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void firstMessageToAPersonOpensTheirChannel() throws Exception {
        String address =
                discord.recipient(account, "@" + simulator.person("Ben")).address();
        assertThat(discord.send(account, message("d-1", address, null, new Part.Text("hello")), transport))
                .isInstanceOf(Outcome.Sent.class);
        assertThat(simulator.delivered()).extracting(Delivered::customer).containsExactly("Ben");
        assertThat(discord.send(account, message("d-1", "@1", null, new Part.Text("hello")), transport))
                .isInstanceOf(Outcome.Refused.class);
        assertThatThrownBy(() -> discord.recipient(account, "ben#0")).isInstanceOf(MalformedPayload.class);
        assertThatThrownBy(() -> discord.recipient(account, ana)).isInstanceOf(MalformedPayload.class);
        assertThat(discord.send(account, message("d-1", "ben", null, new Part.Text("hello")), transport))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.RECIPIENT_UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "404,10003,RECIPIENT_UNKNOWN",
        "403,50001,RECIPIENT_UNKNOWN",
        "403,50007,RECIPIENT_OPTED_OUT",
        "403,50013,RECIPIENT_UNKNOWN",
        "403,50278,RECIPIENT_UNKNOWN",
        "400,50006,CONTENT_REFUSED",
        "400,50035,CONTENT_REFUSED",
        "400,200000,CONTENT_REFUSED",
        "413,40005,TOO_LARGE",
        "403,160002,RECIPIENT_UNKNOWN",
        "401,0,AUTHENTICATION_FAILED",
        "403,40002,ACCOUNT_BLOCKED",
        "400,99999,CONTENT_REFUSED",
    })
    void refusalHasItsReason(int status, int code, Reason reason) {
        assertThat(answered(status, "{\"message\":\"m\",\"code\":" + code + "}"))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @Test
    void throttlingPassesWhenDiscordSays() {
        assertThat(answered(429, "{\"message\":\"m\",\"retry_after\":64.571,\"global\":false}"))
                .isEqualTo(new Outcome.Retry(Reason.THROTTLED, "Discord answered 429", Duration.ofMillis(64_571)));
        assertThat(answered(429, "{\"code\":20016,\"retry_after\":3}"))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(3)));
        simulator.answerNext(429, Map.of("Retry-After", "7"), "<html>");
        assertThat(discord.send(account, message("d-1", ana, null, new Part.Text("a")), transport))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(answered(403, "{\"code\":40003}")).isInstanceOf(Outcome.Retry.class);
        assertThat(answered(500, "{\"code\":130000}")).isInstanceOf(Outcome.Uncertain.class);
        assertThat(answered(200, "<html>")).isInstanceOf(Outcome.Uncertain.class);
    }

    private Outcome answered(int status, String body) {
        simulator.answerNext(status, Map.of(), body);
        return discord.send(account, message("d-1", ana, null, new Part.Text("a")), transport);
    }

    @Test
    void fileIsFetchedAndAnAddressThatIsOverRenewed() throws Exception {
        JsonNode sent = simulator.sendsFile("Ana", new byte[] {1, 2, 3}, "application/pdf", "a.pdf");
        String url = sent.at("/attachments/0/url").asText();
        Request origin = Request.polled(
                "p",
                Json.bytes(Json.mapper()
                        .createObjectNode()
                        .put("t", "MESSAGE_CREATE")
                        .set("d", sent)),
                Instant.EPOCH);
        assertThat(fetched(url, origin)).containsExactly(1, 2, 3);
        simulator.answerNext(404, Map.of(), "This content is no longer available.");
        assertThat(fetched(url.replace("ex=1", "ex=0"), origin)).containsExactly(1, 2, 3);
        simulator.answerNext(404, Map.of(), "This content is no longer available.");
        Media gone = Media.incoming(MediaKind.FILE, "application/pdf", "a.pdf", 3L, url.replace("ex=1", "ex=0"));
        assertThat(discord.fetch(account, gone, Request.polled("p", new byte[0], Instant.EPOCH), transport))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.MEDIA_REFUSED));
    }

    private byte[] fetched(String url, Request origin) {
        Media media = Media.incoming(MediaKind.FILE, "application/pdf", "a.pdf", 3L, url);
        Outcome outcome = discord.fetch(account, media, origin, transport);
        assertThat(outcome).isInstanceOf(Outcome.Fetched.class);
        assertThat(transport.calls())
                .filteredOn(call -> call.uri().getPath().startsWith("/attachments/"))
                .allSatisfy(call -> assertThat(call.authorization())
                        .as("its address is open to anybody")
                        .isNull());
        return transport.kept(((Outcome.Fetched) outcome).blob().sha256());
    }

    @Test
    void tooLongAnIdIsRefusedBeforeItIsSent() {
        Part choices = new Choices("Which?", List.of(new Choice("x".repeat(101), "Red", null)), null);
        assertThat(discord.send(account, message("d-1", ana, null, choices), transport))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(simulator.delivered()).isEmpty();
    }
}
