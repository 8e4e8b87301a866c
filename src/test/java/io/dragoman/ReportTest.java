// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SendReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a running gateway: a rule replies at once, people later, at times that the test makes. */
final class ReportTest {
    private static final String REPORT = "/api/v1/report";
    /** The machine's clock runs beneath the test's: what the test does takes less than this. */
    private static final double SLACK = 60;

    private TestGateway test;
    private int keys;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        test = new TestGateway(
                data,
                situation -> new Decision(
                        List.of(new SendReply("Hours", "closed", "en", "We are closed until Monday.", null)),
                        List.of()));
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void everyFigureIsOfWhatHappened() {
        String ana = writes("ana");
        test.clock.move(Duration.ofHours(1));
        String bo = writes("bo");
        test.clock.move(Duration.ofHours(1));
        assertThat(waiting()).containsExactly(ana, bo);
        answers(ana);
        assertThat(waiting()).containsExactly(bo);
        test.clock.move(Duration.ofHours(3));
        close(ana);
        String cy = writes("cy");
        test.clock.move(Duration.ofHours(2));
        answers(bo);
        close(cy);

        JsonNode waits = test.admin(REPORT + "/waiting");
        assertThat(waits.at("/count").asInt()).isZero();
        JsonNode line = test.admin(REPORT).at("/lines/0");
        assertThat(line.at("/channel").asText()).isEqualTo("shop");
        assertThat(line.at("/desk").asText()).isEqualTo("desk");
        assertThat(line.at("/conversations").asInt()).isEqualTo(3);
        assertThat(line.at("/messagesIn").asInt()).isEqualTo(3);
        assertThat(line.at("/messagesOut").asInt()).isEqualTo(5);
        assertThat(line.at("/automatic").asInt()).isEqualTo(3);
        assertThat(line.at("/firstResponse/count").asInt()).isEqualTo(2);
        about(line.at("/firstResponse/median"), Duration.ofHours(2));
        about(line.at("/firstResponse/p90"), Duration.ofHours(6));
        assertThat(line.at("/resolution/count").asInt()).isEqualTo(2);
        about(line.at("/resolution/median"), Duration.ofHours(2));
        about(line.at("/resolution/p90"), Duration.ofHours(5));
        assertThat(line.at("/unanswered").asInt()).isZero();
        assertThat(line.at("/closedUnanswered").asInt()).isEqualTo(1);
        assertThat(line.at("/byUs").asInt()).isZero();

        JsonNode rows = test.admin(REPORT + "/conversations?limit=2");
        assertThat(rows.at("/conversations")).hasSize(2);
        JsonNode last = test.admin(
                REPORT + "/conversations?limit=2&after=" + rows.at("/next").asText());
        assertThat(last.at("/conversations/0/conversation").asText()).isEqualTo(cy);
        assertThat(last.at("/conversations/0/status").asText()).isEqualTo("closed");
        assertThat(last.at("/conversations/0").has("firstAnswer")).isFalse();
        assertThat(last.has("next")).isFalse();
    }

    @Test
    void whoWaitsIsAGaugeAndAnUnansweredConversation() {
        String ana = writes("ana");
        test.clock.move(Duration.ofHours(1));
        JsonNode waits = test.admin(REPORT + "/waiting?limit=1");
        assertThat(waits.at("/count").asInt()).isEqualTo(1);
        assertThat(waits.at("/complete").asBoolean()).isTrue();
        assertThat(waits.at("/waiting/0/conversation").asText()).isEqualTo(ana);
        about(waits.at("/waiting/0/seconds"), Duration.ofHours(1));
        assertThat(waits.toString()).doesNotContain("hello", "ana\"");
        assertThat(test.admin(REPORT).at("/total/unanswered").asInt()).isEqualTo(1);
        assertThat(test.admin(REPORT + "?until=2026-01-01T00:00:00Z")
                        .at("/total/conversations")
                        .asInt())
                .isZero();
        assertThat(test.admin("GET", "/metrics", null).body())
                .contains("dragoman_conversations_waiting 1.0")
                .containsPattern("dragoman_conversations_waiting_longest_seconds 36\\d\\d\\.");
    }

    @Test
    void measuresAreAnsweredByTheApiAndShownAsGauges() {
        String ana = writes("ana");
        test.clock.move(Duration.ofHours(1));
        answers(ana);
        close(ana);
        writes("bo");
        JsonNode measures = test.admin(REPORT + "/measures?by=channel&zone=Europe/Berlin");
        assertThat(measures.at("/complete").asBoolean()).isTrue();
        assertThat(measures.has("hours")).isFalse();
        JsonNode line = measures.at("/lines/0");
        assertThat(line.at("/group").asText()).isEqualTo("shop");
        assertThat(line.at("/conversations").asInt()).isEqualTo(2);
        about(line.at("/firstResponse/median"), Duration.ofHours(1));
        assertThat(line.at("/firstContact/rate").isNull()).isTrue();
        assertThat(line.at("/firstContactPending").asInt()).isEqualTo(1);
        assertThat(line.at("/deflected/rate").asDouble()).isZero();
        assertThat(line.at("/backlog/count").asInt()).isEqualTo(1);
        assertThat(test.admin("GET", REPORT + "/measures?by=mood", null).statusCode())
                .isEqualTo(400);
        assertThat(test.admin("GET", REPORT + "/measures?zone=Mars/Base", null).statusCode())
                .isEqualTo(400);
        assertThat(test.admin("GET", "/metrics", null).body())
                .contains("dragoman_conversations_open 1.0")
                .containsPattern("dragoman_first_response_seconds\\{quantile=\"0.5\"\\} 36\\d\\d\\.");
    }

    private List<String> waiting() {
        List<String> ids = new ArrayList<>();
        test.admin(REPORT + "/waiting")
                .at("/waiting")
                .forEach(line -> ids.add(line.path("conversation").asText()));
        return ids;
    }

    private static void about(JsonNode seconds, Duration time) {
        assertThat(seconds.asDouble()).isBetween((double) time.toSeconds(), time.toSeconds() + SLACK);
    }

    /** A customer's first message; the conversation, once the rule's reply went out. */
    private String writes(String who) {
        int before = test.channel.sent.size();
        assertThat(test.post("[{\"id\":\"m-" + who + "\",\"from\":\"" + who + "\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
        TestGateway.await("the automatic reply", () -> test.channel.sent.size() > before);
        return test.admin("/api/v1/conversations?contact=" + who)
                .at("/conversations/0/id")
                .asText();
    }

    private void answers(String conversation) {
        int before = test.channel.sent.size();
        acts(conversation, "messages", "{\"text\":\"on our way\"}");
        TestGateway.await("the answer", () -> test.channel.sent.size() > before);
    }

    private void close(String conversation) {
        acts(conversation, "close", null);
        TestGateway.await("the closing", () -> test.admin("/api/v1/conversations/" + conversation)
                .at("/conversation/status")
                .asText()
                .equals("closed"));
    }

    private void acts(String conversation, String what, @Nullable String body) {
        String key = "key-" + ++keys;
        assertThat(test.admin(
                                "POST",
                                "/api/v1/conversations/" + conversation + "/" + what,
                                body,
                                "Idempotency-Key",
                                key)
                        .statusCode())
                .isEqualTo(202);
    }
}
