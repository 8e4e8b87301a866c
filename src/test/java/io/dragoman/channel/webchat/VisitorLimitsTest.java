// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Request;
import io.dragoman.model.Status;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the public port lets strangers do. */
final class VisitorLimitsTest {
    @TempDir
    private static Path data;

    private static ChatGateway chat;

    @BeforeAll
    static void start() throws Exception {
        chat = new ChatGateway(
                data, "consent", "We store what you write.", "form", "name, email?", "newVisitorsPerHour", "12");
    }

    @AfterAll
    static void stop() {
        chat.close();
    }

    /** A token that is made here: sessions are few, for one address. */
    private static String visitor(String id) {
        return new VisitorTokens(ChatGateway.account())
                .make(Visitor.anonymous(id, null, Map.of()), chat.test.clock.instant(), Duration.ofDays(1));
    }

    private static int from(String origin, String method, String path) throws Exception {
        HttpRequest.Builder request = chat.to(path)
                .setHeader("Authorization", "Bearer " + visitor("origins"))
                .method(method, HttpRequest.BodyPublishers.ofString(ChatGateway.message("message-1", "hi")));
        if (origin.isEmpty()) {
            request = HttpRequest.newBuilder(request.build().uri())
                    .header("Authorization", "Bearer " + visitor("origins"))
                    .method(method, HttpRequest.BodyPublishers.ofString(ChatGateway.message("message-1", "hi")));
        } else {
            request.setHeader("Origin", origin);
        }
        return ChatGateway.send(request.build()).statusCode();
    }

    @Test
    void onlyListedWebsitesShouldPostOrRead() throws Exception {
        for (String wrong :
                List.of("null", "https://evil.example", "https://shop.example.evil", "http://shop.example")) {
            assertThat(from(wrong, "POST", "messages")).as(wrong).isEqualTo(403);
            assertThat(from(wrong, "GET", "messages")).as(wrong).isEqualTo(403);
            assertThat(from(wrong, "GET", "events")).as(wrong).isEqualTo(403);
            assertThat(from(wrong, "OPTIONS", "messages")).as(wrong).isEqualTo(403);
        }
        assertThat(from("", "POST", "messages")).as("no origin").isEqualTo(403);
        assertThat(from(ChatGateway.SITE, "POST", "messages")).isEqualTo(200);
        assertThat(from("http://localhost:8080", "POST", "messages"))
                .as("the widget itself")
                .isEqualTo(200);
        assertThat(from("", "GET", "messages"))
                .as("a browser's own GET names none")
                .isEqualTo(200);
        assertThat(from(ChatGateway.SITE, "DELETE", "messages")).isEqualTo(404);
    }

    @Test
    void corsShouldNameTheOneOriginAndNeverAll() throws Exception {
        HttpResponse<String> listed = ChatGateway.send(chat.to("messages")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(listed.statusCode()).isEqualTo(204);
        assertThat(listed.headers().allValues("access-control-allow-origin")).containsExactly(ChatGateway.SITE);
        assertThat(listed.headers().allValues("vary")).contains("Origin");
        assertThat(listed.headers().map()).doesNotContainKey("access-control-allow-credentials");
        HttpResponse<String> other = ChatGateway.send(chat.to("messages")
                .setHeader("Origin", "https://evil.example")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void frameShouldBeForListedWebsitesOnly() throws Exception {
        HttpResponse<String> frame = ChatGateway.send(chat.to("frame").GET().build());
        assertThat(frame.statusCode()).isEqualTo(200);
        assertThat(frame.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors " + ChatGateway.SITE)
                .doesNotContain("unsafe", "*");
        assertThat(frame.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(frame.headers().map()).doesNotContainKeys("x-frame-options", "access-control-allow-origin");
        String tag = frame.headers().firstValue("etag").orElseThrow();
        assertThat(ChatGateway.send(chat.to("frame")
                                .header("If-None-Match", tag)
                                .GET()
                                .build())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void nothingShouldGoWithoutAValidToken() throws Exception {
        String expired = new VisitorTokens(ChatGateway.account())
                .make(
                        Visitor.anonymous("late", null, Map.of()),
                        chat.test.clock.instant().minus(Duration.ofDays(2)),
                        Duration.ofDays(1));
        for (String token : List.of("", "x", "a.b", expired, visitor("v") + "x")) {
            assertThat(chat.says(token, "message-1", "hi").statusCode()).isEqualTo(401);
            assertThat(chat.page(token, 0).statusCode()).isEqualTo(401);
            try (EventStream events = chat.events(token, null)) {
                assertThat(events.status).isEqualTo(401);
            }
        }
        assertThat(chat.post("messages", null, ChatGateway.message("message-1", "hi"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(ChatGateway.send(HttpRequest.newBuilder(java.net.URI.create(
                                        "http://127.0.0.1:" + chat.test.gateway.publicPort() + "/channels/chat"))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .statusCode())
                .as("the account's own path answers nobody")
                .isNotEqualTo(200);
    }

    /** What was stored with its proof opens nothing for whoever could read it there. */
    @Test
    void storedProofShouldBeNoKey() throws Exception {
        Request stored = new VisitorTokens(ChatGateway.account())
                .proven(
                        Visitor.anonymous("victim", null, Map.of()),
                        new Request(
                                Request.Origin.RECEIVED,
                                "POST",
                                "/channels/chat/messages",
                                "",
                                Map.of(),
                                ChatGateway.message("message-1", "hi").getBytes(StandardCharsets.UTF_8),
                                chat.test.clock.instant()));
        HttpRequest.Builder again = chat.to("messages").POST(HttpRequest.BodyPublishers.ofByteArray(stored.body()));
        stored.headers().forEach(again::setHeader);
        assertThat(ChatGateway.send(again.build()).statusCode()).isEqualTo(401);
    }

    @Test
    void visitorShouldReadTheirOwnFeedOnly() throws Exception {
        String ana = visitor("ana");
        String bob = visitor("bob");
        chat.says(ana, "message-1", "from ana");
        chat.says(bob, "message-1", "from bob");
        assertThat(chat.page(ana, 0).body()).contains("from ana").doesNotContain("from bob");
        assertThat(chat.page(bob, 0).body()).contains("from bob").doesNotContain("from ana");
    }

    @Test
    void whoWritesTooOftenShouldGet429AndWhen() throws Exception {
        String token = visitor("hasty");
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            answers.add(chat.says(token, "message-" + i, "hi"));
        }
        assertThat(answers.get(0).statusCode()).isEqualTo(200);
        HttpResponse<String> last = answers.get(13);
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("retry-after").orElse("")).matches("[1-9][0-9]*");
        assertThat(last.headers().firstValue("access-control-allow-origin"))
                .as("the widget can read it")
                .contains(ChatGateway.SITE);
        assertThat(chat.says(visitor("other"), "message-1", "hi").statusCode()).isEqualTo(200);
    }

    @Test
    void sessionShouldDemandConsentAndFormAndBeFewForOneAddress() throws Exception {
        assertThat(chat.post("session", null, "{}").statusCode()).isEqualTo(422);
        assertThat(chat.post("session", null, "{\"consent\":true}").body()).contains("form.name is missing");
        assertThat(chat.post("session", null, "{\"consent\":true,\"form\":{\"name\":\"A\",\"email\":\"no\"}}")
                        .statusCode())
                .isEqualTo(422);
        String good = "{\"consent\":true,\"form\":{\"name\":\"Ana\"}}";
        String token = ChatGateway.token(chat.post("session", null, good));
        for (int i = 0; i < 11; i++) {
            assertThat(chat.post("session", null, good).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> thirteenth = chat.post("session", null, good);
        assertThat(thirteenth.statusCode()).isEqualTo(429);
        assertThat(thirteenth.headers().firstValue("retry-after")).isPresent();
        assertThat(chat.post("session", token, "{}").statusCode())
                .as("who is known may stay")
                .isEqualTo(200);
    }

    @Test
    void sixthStreamOfAVisitorShouldBeRefusedUntilOneEnds() throws Exception {
        String token = visitor("tabs");
        List<EventStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                open.add(chat.events(token, null));
                assertThat(open.get(i).status).isEqualTo(200);
            }
            try (EventStream sixth = chat.events(token, null)) {
                assertThat(sixth.status).isEqualTo(429);
                assertThat(sixth.response.headers().firstValue("retry-after")).isPresent();
            }
            open.get(0).close();
            TestGateway.await("room for another", () -> opens(token, open));
        } finally {
            for (EventStream stream : open) {
                stream.close();
            }
        }
    }

    private static boolean opens(String token, List<EventStream> open) {
        try {
            EventStream stream = chat.events(token, null);
            open.add(stream);
            return stream.status == 200;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void receiptsShouldTellTheDesk() throws Exception {
        String token = visitor("reader");
        chat.says(token, "message-1", "are you there?");
        TestGateway.await("the conversation", () -> chat.received().stream()
                .anyMatch(notice -> notice.data().conversation().address().equals("reader")));
        String conversation = chat.received().stream()
                .filter(notice -> notice.data().conversation().address().equals("reader"))
                .findFirst()
                .orElseThrow()
                .data()
                .conversation()
                .id();
        chat.answers(conversation, "receipts", "yes");
        try (EventStream events = chat.events(token, null)) {
            JsonNode answer = events.await(2).get(1);
            String id = answer.path("id").asText();
            assertThat(chat.post("receipts", token, "{\"status\":\"read\",\"ids\":[\"" + id + "\"]}")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(chat.post("receipts", visitor("stranger"), "{\"status\":\"read\",\"ids\":[\"" + id + "\"]}")
                            .statusCode())
                    .isEqualTo(204);
            TestGateway.await("the receipt", () -> List.copyOf(chat.test.desk.sent).stream()
                    .map(sent -> ((Outbound.ToDesk) sent).notice().data().message())
                    .anyMatch(message -> message != null
                            && message.conversation().equals(conversation)
                            && message.status() == Status.READ));
        }
    }
}
