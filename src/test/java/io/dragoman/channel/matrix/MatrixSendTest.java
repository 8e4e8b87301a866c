// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.matrix.MatrixSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MatrixSendTest {
    private final MatrixSimulator server = new MatrixSimulator(0);
    private final Matrix matrix = new Matrix();
    private final PlainTransport transport = new PlainTransport();
    private final Account account = MatrixAccounts.of(server.settings());
    private String room = "";

    @BeforeEach
    void join() {
        room = server.direct("Ana");
        Outcome joined = new ApiClient(account, transport)
                .attempt(new ApiClient(account, transport)
                        .post(ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(room) + "/join", Map.of()));
        assertThat(joined).isEqualTo(new Outcome.Sent(null));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ToCustomer message(String key, String to, @Nullable String replyTo, Part... parts) {
        return new ToCustomer(key, "m-1", "c-1", to, List.of(parts), replyTo, null, List.of(), "Mara", false);
    }

    private Outcome send(String key, String to, Part... parts) {
        return matrix.send(account, message(key, to, null, parts), transport);
    }

    private List<String> contents() {
        return server.delivered().stream().map(Delivered::content).toList();
    }

    /** The content of the event that was sent last. */
    private JsonNode last() {
        List<Delivered> all = server.delivered();
        return server.event(room, all.get(all.size() - 1).id()).path("content");
    }

    @Test
    void everyPartIsOneThatAHomeserverTakes() {
        byte[] pdf = "pdf".getBytes(StandardCharsets.UTF_8);
        transport.put("stored", pdf);
        List<List<Part>> steps = List.of(
                List.of(new Part.Text("x".repeat(10_000))),
                List.of(new Part.Text("\u0001".repeat(10_000))),
                List.of(new Part.Location(41.69, 44.8, "Shop", "Street 1")),
                List.of(new Media(MediaKind.FILE, "application/pdf", "a b.pdf", 3L, null, "stored", null)),
                List.of(
                        new Media(MediaKind.IMAGE, "image/png", "b.png", null, null, "stored", null),
                        new Part.Text("with words")),
                List.of(new Media(MediaKind.IMAGE, "image/png", null, 3L, null, null, "https://a.example/p.png")));
        for (int i = 0; i < steps.size(); i++) {
            Part[] parts = steps.get(i).toArray(Part[]::new);
            assertThat(Rendering.plan(matrix.limits(account), List.of(parts)).steps())
                    .isEqualTo(List.of(steps.get(i)));
            Outcome outcome = send("d-" + i, room, parts);
            assertThat(outcome)
                    .isEqualTo(new Outcome.Sent(server.delivered().get(i).id()));
            if (i == 3) {
                assertThat(server.file(last().path("url").asText())).isEqualTo(pdf);
                assertThat(last().path("filename").asText()).isEqualTo("a b.pdf");
            }
        }
        assertThat(contents().subList(2, 6))
                .containsExactly(
                        "[location] Shop\nStreet 1", "[file]", "[image] with words", "https://a.example/p.png");
        assertThat(server.event(room, server.delivered().get(2).id())
                        .at("/content/geo_uri")
                        .asText())
                .isEqualTo("geo:41.69,44.8");
    }

    @Test
    void repetitionIsTheSameEvent() {
        assertThat(matrix.retrySafety()).isEqualTo(RetrySafety.IDEMPOTENT);
        assertThat(matrix.keysKept()).isLessThanOrEqualTo(Duration.ofMinutes(30));
        Outcome first = send("d-1/2", room, new Part.Text("once"));
        assertThat(send("d-1/2", room, new Part.Text("once"))).isEqualTo(first);
        assertThat(send("d-1/3", room, new Part.Text("once"))).isNotEqualTo(first);
        assertThat(contents()).containsExactly("once", "once");
    }

    @Test
    void contentSaysWhatItAnswersAndCallsNobody() {
        matrix.send(account, message("d-1", room, "$asked", new Part.Text("@room hi")), transport);
        assertThat(last().at("/m.relates_to/m.in_reply_to/event_id").asText()).isEqualTo("$asked");
        assertThat(last().path("m.mentions").toString()).isEqualTo("{}");
        assertThat(last().path("msgtype").asText()).isEqualTo("m.text");
        assertThat(last().has("formatted_body")).isFalse();
        String html = "<b>bold</b><script>alert(1)</script>";
        matrix.send(account, message("d-2", room, null, new Part.Text("bold", null, html)), transport);
        assertThat(last().path("formatted_body").asText()).isEqualTo("<b>bold</b>");
        matrix.send(
                account,
                message("d-3", room, null, new Part.Text("long", null, "<p>" + "y".repeat(70_000) + "</p>")),
                transport);
        assertThat(last().has("formatted_body")).as("what does not fit").isFalse();
        ToCustomer rule = new ToCustomer(
                "d-4", "m-1", "c-1", room, List.of(new Part.Text("auto")), null, null, List.of(), null, true);
        matrix.send(account, rule, transport);
        assertThat(last().path("msgtype").asText()).as("which no bot answers").isEqualTo("m.notice");
    }

    @Test
    void whoIsWrittenToFirstIsInvitedIntoARoomThatIsFoundAgain() {
        String ben = server.user("Ben");
        assertThat(send("d-1", ben, new Part.Text("hello"))).isInstanceOf(Outcome.Sent.class);
        String made = String.valueOf(server.shared("Ben"));
        assertThat(server.membership(made, ben)).isEqualTo("invite");
        assertThat(send("d-2", ben, new Part.Text("are you there?"))).isInstanceOf(Outcome.Sent.class);
        assertThat(server.shared("Ben")).isEqualTo(made);
        server.member(made, "Ben", "leave");
        assertThat(send("d-3", ben, new Part.Text("again"))).isInstanceOf(Outcome.Sent.class);
        assertThat(server.shared("Ben")).isNotEqualTo(made);
        assertThat(server.delivered()).extracting(Delivered::customer).containsOnly("Ben");
        assertThat(contents()).containsExactly("hello", "are you there?", "again");
    }

    /** Only the room that stands in the account's list is one that the next attempt finds. */
    @Test
    void nothingIsSentIntoARoomThatCouldNotBeNoted() throws Exception {
        try (FakeProvider provider =
                FakeProvider.answering(200, Map.of(), "{\"user_id\":\"@shop:sim.example\",\"room_id\":\"!made\"}")) {
            Account other = MatrixAccounts.of(MatrixAccounts.with(
                    server.settings(), "baseUrl", provider.baseUrl().toString()));
            PlainTransport failing = new PlainTransport() {
                @Override
                public Response http(HttpCall call) throws TransportFailure {
                    boolean note =
                            call.method().equals("PUT") && call.uri().getPath().contains("account_data");
                    Response answer = super.http(call);
                    return note ? new Response(502, Map.of(), new byte[0]) : answer;
                }
            };
            Outcome outcome = matrix.send(other, message("d-1", "@ben:sim.example", null, new Part.Text("x")), failing);
            assertThat(outcome).isInstanceOf(Outcome.Retry.class);
            assertThat(failing.calls()).noneMatch(call -> call.uri().getPath().contains("/send/"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, M_FORBIDDEN, RECIPIENT_UNKNOWN",
        "401, M_UNKNOWN_TOKEN, AUTHENTICATION_FAILED",
        "403, M_CONSENT_NOT_GIVEN, ACCOUNT_BLOCKED",
        "403, M_USER_DEACTIVATED, ACCOUNT_BLOCKED",
        "404, M_NOT_FOUND, RECIPIENT_UNKNOWN",
        "413, M_TOO_LARGE, TOO_LARGE",
        "400, M_BAD_JSON, CONTENT_REFUSED",
        "400, M_NEW_CODE, CONTENT_REFUSED",
    })
    void refusalsHaveTheirReason(int status, String code, Reason reason) {
        server.answerNext(status, Map.of(), "{\"errcode\":\"" + code + "\",\"error\":\"no\"}");
        assertThat(send("d-1", room, new Part.Text("x")))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @Test
    void homeserverThatIsAskedTooMuchIsWaitedFor() {
        server.rate(1);
        Outcome second = null;
        for (int i = 0; i < 20 && !(second instanceof Outcome.Retry); i++) { // a second may end between two
            second = send("d-" + i, room, new Part.Text("x"));
        }
        assertThat(second)
                .isEqualTo(new Outcome.Retry(Reason.THROTTLED, "the homeserver answered 429", Duration.ofSeconds(1)));
        server.answerNext(429, Map.of(), "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":2500}");
        assertThat(send("d-99", room, new Part.Text("x")))
                .isEqualTo(new Outcome.Retry(Reason.THROTTLED, "the homeserver answered 429", Duration.ofMillis(2500)));
        server.answerNext(502, Map.of(), "<html>");
        assertThat(send("d-100", room, new Part.Text("x"))).isInstanceOf(Outcome.Uncertain.class);
    }

    @Test
    void fileIsAsLargeAsTheHomeserverSays() {
        transport.put("stored", new byte[20]);
        server.largestFile(10);
        Outcome outcome =
                send("d-1", room, new Media(MediaKind.FILE, "text/plain", "a.txt", null, null, "stored", null));
        assertThat(outcome)
                .isEqualTo(new Outcome.Refused(Reason.TOO_LARGE, "the homeserver takes files of at most 10 bytes"));
        assertThat(server.delivered()).isEmpty();
    }

    @Test
    void typingIsShownWithWhatIsSeenUntilTheAnswer() {
        ReadReceipt receipt = new ReadReceipt("r-1", room, server.writes("Ana", room, "hello"));
        Account typing = MatrixAccounts.of(MatrixAccounts.with(server.settings(), "typing", "true"));
        matrix.markRead(account, receipt, transport);
        assertThat(server.isTyping(room)).as("unless the operator asks for it").isFalse();
        assertThat(matrix.markRead(typing, receipt, transport)).isEqualTo(new Outcome.Sent(null));
        assertThat(server.isTyping(room)).isTrue();
        send("d-1", room, new Part.Text("answer"));
        assertThat(server.isTyping(room)).isFalse();
    }

    @Test
    void seenMessagesAreMarked() {
        String event = server.writes("Ana", room, "hello");
        assertThat(matrix.markRead(account, new ReadReceipt("d-1", room, event), transport))
                .isEqualTo(new Outcome.Sent(null));
        assertThat(matrix.markRead(account, new ReadReceipt("d-1", "@ana:sim.example", event), transport))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void filesAreFetchedWithTheAccountsToken() {
        byte[] photo = {1, 2, 3};
        String address = server.uploads(photo, "image/jpeg");
        Outcome outcome = fetch(address);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Fetched.class, fetched -> {
            assertThat(fetched.blob().size()).isEqualTo(3);
            assertThat(fetched.blob().mimeType()).startsWith("image/jpeg");
        });
        assertThat(fetch("mxc://evil.example/" + address.substring(address.lastIndexOf('/') + 1)))
                .as("asked of our own server, which does not have it")
                .isEqualTo(new Outcome.Refused(Reason.MEDIA_REFUSED, "the homeserver does not have the file"));
        server.answerNext(404, Map.of(), "{\"errcode\":\"M_UNRECOGNIZED\"}");
        int before = transport.calls().size();
        fetch(address);
        assertThat(transport.calls().subList(before, transport.calls().size()))
                .extracting(call -> call.uri().getPath())
                .as("a homeserver of before 1.11")
                .element(1)
                .asString()
                .startsWith("/_matrix/media/v3/download/sim.example/");
        assertThat(transport.calls())
                .allSatisfy(call -> assertThat(call.uri().getHost()).isEqualTo("127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mxc://sim.example/../../../admin",
                "mxc://sim.example/a/b",
                "mxc://sim.example/a?b",
                "mxc://user@sim.example/a",
                "mxc:///a",
                "mxc://sim.example/",
                "https://sim.example/a"
            })
    void addressesOfOtherFormsAreNotAsked(String address) {
        int before = transport.calls().size();
        assertThat(fetch(address)).isInstanceOf(Outcome.Refused.class);
        assertThat(transport.calls()).hasSize(before);
    }

    private Outcome fetch(String address) {
        Media media = Media.incoming(MediaKind.IMAGE, "image/jpeg", "a.jpg", null, address);
        return matrix.fetch(account, media, Request.polled("x", new byte[0], Instant.EPOCH), transport);
    }

    @Test
    void longTextIsSplitAndNothingIsLost() {
        String text = "სიტყვა ".repeat(1500).strip();
        List<List<Part>> steps = Rendering.plan(matrix.limits(account), List.of(new Part.Text(text)))
                .steps();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(send("d-" + i, room, steps.get(i).get(0))).isInstanceOf(Outcome.Sent.class);
        }
        assertThat(steps).hasSizeGreaterThan(2);
        assertThat(String.join(" ", contents())).isEqualTo(text);
    }
}
