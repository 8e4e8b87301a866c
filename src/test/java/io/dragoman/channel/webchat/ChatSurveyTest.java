// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import io.dragoman.model.SurveyAnswered;
import io.dragoman.store.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a chat, and what its visitor thinks of it. */
final class ChatSurveyTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Visitor VISITOR = Visitor.anonymous("visitor-1", "de", Map.of());

    @TempDir
    private Path data;

    private int asked;

    @Test
    void closedChatShouldBeRatedOnceAndStayClosed() throws Exception {
        try (ChatGateway chat = new ChatGateway(data, "survey.question.en", "How was it?")) {
            String token = chat.visitor();
            try (EventStream events = chat.events(token, null)) {
                chat.says(token, "message-1", "hi");
                String conversation =
                        chat.awaitReceived(1).data().conversation().id();
                chat.closes(conversation);
                JsonNode closed = events.awaitEntry("closed"); // a page that is open sees it
                assertThat(closed.path("conversation").asText()).isEqualTo(conversation);
                assertThat(rates(chat, token, conversation, "2,\"comment\":\" slow \""))
                        .isEqualTo(204);
                assertThat(rates(chat, token, conversation, "5")).isEqualTo(204);
                TestGateway.await("both at the desk", () -> chat.ratings().size() == 2);
                assertThat(chat.ratings())
                        .containsExactly(Map.of("csat", "2", "csatComment", "slow"), Map.of("csat", "5"));
                JsonNode rated =
                        chat.test.admin("/api/v1/conversations/" + conversation).path("conversation");
                assertThat(rated.path("attributes").toString()).isEqualTo("{\"csat\":\"5\"}");
                assertThat(rated.path("status").asText())
                        .as("an answer opens nothing again")
                        .isEqualTo("closed");
                assertThat(events.awaitEntry("rated").path("score").asInt()).isEqualTo(2);

                String other = chat.visitor();
                chat.says(other, "message-2", "hello");
                chat.awaitReceived(2);
                long before = stored(chat);
                assertThat(rates(chat, other, conversation, "1")).isEqualTo(404);
                assertThat(rates(chat, other, "no-such-chat", "1")).isEqualTo(404);
                assertThat(ChatGateway.json(chat.page(other, 0)).toString())
                        .as("nor does their own page show it")
                        .doesNotContain("rated");
                assertThat(stored(chat)).as("nothing is stored").isEqualTo(before);
                assertThat(chat.ratings())
                        .as("nobody rates the chat of another")
                        .hasSize(2);
            }
        }
    }

    @Test
    void answersThatFitNoQuestionShouldBeRefused() throws Exception {
        Account thumbs = ChatGateway.account(
                "survey.question.de", "Wie war es?", "survey.scale", "thumbs", "survey.comment", "false");
        assertThat(Json.tree(WidgetConfig.of(thumbs).bytes()).path("survey").toString())
                .isEqualTo("{\"question\":{\"de\":\"Wie war es?\"},\"scale\":\"thumbs\",\"comment\":false}");
        assertThat(status(ChatGateway.account(), "c", "5"))
                .as("where nothing is asked")
                .isEqualTo(404);
        String tooLong = "5,\"comment\":\"" + "x".repeat(1001) + "\"";
        for (String score : List.of("3", "0", "6", "\"5\"", "4.5", tooLong)) {
            assertThat(status(thumbs, "c", score)).as(score).isEqualTo(422);
        }
        assertThat(status(thumbs, "../c", "5")).isEqualTo(422);
        assertThat(status(thumbs, "c", "5")).isEqualTo(204);
        SurveyAnswered answer = ChatSurvey.read(
                thumbs,
                VISITOR,
                JsonFields.of(body("c", "1,\"comment\":\"not asked\"").getBytes(UTF_8)),
                NOW);
        assertThat(answer.score()).isEqualTo(1);
        assertThat(answer.comment()).as("it was not asked for").isNull();
    }

    private static int status(Account account, String conversation, String score) {
        String token = new VisitorTokens(account).make(VISITOR, NOW, Duration.ofDays(1));
        Request request = new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/chat/survey",
                "",
                Map.of("Origin", ChatGateway.SITE, "Authorization", "Bearer " + token),
                body(conversation, score).getBytes(UTF_8),
                NOW);
        Served.Content content =
                new WebChat().serve(account, request, () -> "new-id").content();
        return content instanceof Served.Take take ? take.then().status() : ((Served.Body) content).status();
    }

    private static String body(String conversation, String score) {
        return "{\"clientMsgId\":\"answer-00\",\"conversation\":\"" + conversation + "\",\"score\":" + score + "}";
    }

    private static long stored(ChatGateway chat) {
        return chat.test.gateway.store().read(tx -> tx.events().counts().stream()
                .filter(count -> count.source().equals("chat"))
                .mapToLong(Events.Count::events)
                .sum());
    }

    private int rates(ChatGateway chat, String token, String conversation, String score) throws Exception {
        return chat.post(
                        "survey",
                        token,
                        "{\"clientMsgId\":\"answer-0" + ++asked + "\",\"conversation\":\"" + conversation
                                + "\",\"score\":" + score + "}")
                .statusCode();
    }
}
