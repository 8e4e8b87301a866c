// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.ApiDocument;
import io.dragoman.Gateway;
import io.dragoman.TestGateway;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor types, and the webhook desk that wants to know it is told. */
final class VisitorTypingTest {
    private static final String TYPING = "conversation.typing";

    @TempDir
    private Path folder;

    private String chat = "";

    @Test
    void typingShouldReachTheDeskOnceAndBeInNoStore() throws Exception {
        try (DeskSimulator desk = new DeskSimulator(0, Clock.systemUTC());
                Gateway gateway = AgentTypingTest.start(folder, desk, ", typing: true")) {
            chat = chatOf(gateway);
            String token = visitor();
            assertThat(types(token, "{\"typing\":false}"))
                    .as("before the first message")
                    .isEqualTo(204);
            String conversation = writes(desk, token);

            assertThat(types(token, "{\"typing\":true}")).isEqualTo(204);
            assertThat(types(token, "{\"typing\":true}")).as("too soon again").isEqualTo(204);
            assertThat(types(token, "{\"typing\":false}")).isEqualTo(204);
            TestGateway.await("that it is over", () -> typing(desk).size() == 2);

            List<JsonNode> told = typing(desk);
            assertThat(told)
                    .extracting(one -> one.at("/data/typing").asBoolean())
                    .containsExactlyInAnyOrder(true, false);
            for (JsonNode one : told) {
                assertThat(one.at("/data/conversation/id").asText()).isEqualTo(conversation);
                assertThat(one.at("/data/conversation/channel").asText()).isEqualTo("chat");
                assertThat(one.at("/data/contact/id").asText())
                        .isEqualTo(one.at("/data/conversation/contact").asText());
                String schema = "/webhooks/" + TYPING + "/post/requestBody/content/application~1json/schema";
                assertThat(ApiDocument.problems(schema, one)).as(one.toString()).isEmpty();
            }
            assertThat(desk.complaints()).isEmpty();
            assertThat(count("SELECT count(*) FROM event"))
                    .as("the message alone")
                    .isEqualTo(1);
            assertThat(count("SELECT count(*) FROM raw")).isEqualTo(1);
            assertThat(count("SELECT count(*) FROM delivery WHERE target='help'"))
                    .isEqualTo(1);
            assertThat(count("SELECT count(*) FROM feed WHERE content LIKE '%typing%'"))
                    .isZero();
        }
    }

    @Test
    void deskThatDoesNotAskForItShouldBeToldNothing() throws Exception {
        try (DeskSimulator desk = new DeskSimulator(0, Clock.systemUTC());
                Gateway gateway = AgentTypingTest.start(folder, desk, "")) {
            chat = chatOf(gateway);
            String token = visitor();
            writes(desk, token);
            assertThat(types(token, "{\"typing\":true}")).isEqualTo(204);
            post("messages", token, ChatGateway.message("message-2", "still here"));
            TestGateway.await("the next message", () -> texts(desk).contains("still here"));
            assertThat(typing(desk)).isEmpty();
        }
    }

    @Test
    void failureShouldNotBeRepeatedNorHoldUpMessages() throws Exception {
        try (DeskSimulator desk = new DeskSimulator(0, Clock.systemUTC());
                Gateway gateway = AgentTypingTest.start(folder, desk, ", typing: true")) {
            chat = chatOf(gateway);
            String token = visitor();
            writes(desk, token);
            for (int i = 0; i < 6; i++) { // more than open a circuit
                desk.answerNext(500, Map.of(), "");
                assertThat(types(token, "{\"typing\":" + (i % 2 == 0) + "}")).isEqualTo(204);
                TestGateway.await("that it failed", () -> desk.answersLeft() == 0);
            }
            post("messages", token, ChatGateway.message("message-2", "still here"));
            TestGateway.await("the next message", () -> texts(desk).contains("still here"));
            assertThat(typing(desk)).isEmpty();
            assertThat(count("SELECT count(*) FROM attempt WHERE outcome<>'sent'"))
                    .isZero();
        }
    }

    @Test
    void requestsShouldBeCheckedAndLimited() throws Exception {
        try (DeskSimulator desk = new DeskSimulator(0, Clock.systemUTC());
                Gateway gateway = AgentTypingTest.start(folder, desk, ", typing: true")) {
            chat = chatOf(gateway);
            String token = visitor();
            assertThat(types("no-token", "{}")).isEqualTo(401);
            assertThat(types(token, "nonsense")).isEqualTo(422);
            assertThat(IntStream.range(0, 40).map(i -> types(token, "{}")).filter(status -> status == 429))
                    .hasSizeBetween(9, 11);
        }
    }

    private static String chatOf(Gateway gateway) {
        return "http://127.0.0.1:" + gateway.publicPort() + "/channels/chat/";
    }

    private String visitor() throws Exception {
        return ChatGateway.json(post("session", "", "{}")).path("token").asText();
    }

    /** Begins the conversation; its id. */
    private String writes(DeskSimulator desk, String token) throws Exception {
        post("messages", token, ChatGateway.message("message-1", "hi"));
        TestGateway.await("the message at the desk", () -> texts(desk).contains("hi"));
        return desk.notes().get(0).conversation();
    }

    private HttpResponse<String> post(String path, String token, String json) throws Exception {
        return AgentTypingTest.post(chat + path, token, json);
    }

    private int types(String token, String json) {
        try {
            return ChatGateway.send(AgentTypingTest.to(chat + "typing", token)
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build())
                    .statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<JsonNode> typing(DeskSimulator desk) {
        return desk.notes().stream()
                .filter(note -> note.type().equals(TYPING))
                .map(Note::json)
                .toList();
    }

    private static List<String> texts(DeskSimulator desk) {
        return desk.notes().stream().map(Note::text).toList();
    }

    private long count(String query) throws Exception {
        return AgentTypingTest.count(folder, query);
    }
}
