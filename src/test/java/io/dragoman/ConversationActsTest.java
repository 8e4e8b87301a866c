// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags, assignment, notes and reopening over HTTP, through the journey to the desk, and the list that shows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConversationActsTest {
    private static final String LIST = "/api/v1/conversations";

    private TestGateway test;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        test = new TestGateway(data);
    }

    @AfterAll
    void stop() {
        test.close();
    }

    @Test
    void tagsOfSeveralShouldAddUp() {
        String id = conversation("tagged");
        act(id, "tags", "{\"add\":[\"vip\",\"new\"]}", "t1");
        act(id, "tags", "{\"add\":[\"refund\"],\"remove\":[\"new\"]}", "t2");
        TestGateway.await("both", () -> row("tag=refund", id) != null);
        assertThat(texts(row("", id).path("tags"))).containsExactly("vip", "refund");
        assertThat(row("tag=vip&channel=shop&status=open", id)).isNotNull();
        assertThat(row("tag=new", id)).isNull();
        assertThat(row("tag=vi", id)).isNull();
        assertThat(row("tag=%25", id)).isNull();
        TestGateway.await("the desk", () -> notices(id).stream()
                .anyMatch(notice -> notice.data().conversation().tags().equals(List.of("vip", "refund"))));
    }

    @Test
    void assignmentShouldLeaveWhatItDoesNotName() {
        String id = conversation("assigned");
        act(id, "assign", "{\"team\":\"billing\",\"assignee\":\"Max\"}", "a1");
        TestGateway.await("it", () -> row("team=billing&assignee=Max", id) != null);
        act(id, "assign", "{\"assignee\":\"\"}", "a2");
        TestGateway.await(
                "nobody", () -> row("team=billing", id).path("assignee").isNull());
        assertThat(row("assignee=Max", id)).isNull();
    }

    @Test
    void answerShouldReachTheCustomerAndTheDesk() {
        String id = conversation("answered");
        act(id, "messages", "{\"text\":\"until six\",\"author\":{\"name\":\"Max\"}}", "m1");
        TestGateway.await("the desk", () -> notices(id).stream()
                .anyMatch(notice -> notice.type() == DeskNotice.Type.MESSAGE_SENT));
        assertThat(notices(id).stream().filter(notice -> notice.type() == DeskNotice.Type.MESSAGE_SENT))
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice.data().message().parts()).containsExactly(new Part.Text("until six")));
    }

    @Test
    void noteShouldReachTheDeskAndNeverTheCustomer() {
        String id = conversation("noted");
        int sent = test.channel.sent.size();
        act(id, "note", "{\"text\":\"called twice\",\"author\":{\"name\":\"Max\"}}", "n1");
        TestGateway.await("the desk", () -> notices(id).stream().anyMatch(notice -> "Note by Max: called twice"
                .equals(notice.data().detail())));
        JsonNode messages = test.admin(LIST + "/" + id + "/messages").path("messages");
        assertThat(messages.path(1).path("direction").asText()).isEqualTo("note");
        assertThat(messages.path(1).path("author").path("name").asText()).isEqualTo("Max");
        assertThat(test.admin(LIST + "/" + id + "/messages").toString()).contains("called twice");
        JsonNode row = row("", id);
        assertThat(row.at("/last/direction").asText()).isEqualTo("note");
        assertThat(row.at("/last/text").asText()).isEqualTo("called twice");
        // a note answers nobody
        assertThat(row.path("waitingSince").asText()).endsWith("Z");
        assertThat(test.gateway.store().<List<?>>read(tx -> tx.messages().of(id, 0, 10)))
                .hasSize(1);
        assertThat(test.gateway.store().<List<?>>read(tx -> tx.messages().headings(id, 10)))
                .hasSize(1);
        String note = messages.path(1).path("id").asText();
        assertThat(test.admin("GET", "/api/v1/messages/" + note + "/explain", null)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> answer = test.admin(
                "POST",
                LIST + "/" + id + "/messages",
                "{\"text\":\"x\",\"replyTo\":\"" + note + "\"}",
                "Idempotency-Key",
                "n2");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(test.channel.sent).hasSize(sent);
    }

    @Test
    void closedConversationShouldOpenAgain() {
        String id = conversation("reopened");
        act(id, "close", null, "r1");
        TestGateway.await("closed", () -> row("status=closed", id) != null);
        act(id, "reopen", null, "r2");
        TestGateway.await("open", () -> row("status=open", id) != null);
    }

    @Test
    void answerShouldEndTheWaiting() {
        String id = conversation("waiting");
        assertThat(row("", id).at("/last/author/kind").asText()).isEqualTo("contact");
        assertThat(row("", id).has("waitingSince")).isTrue();
        act(id, "messages", "{\"text\":\"" + "long ".repeat(60) + "\"}", "w1");
        TestGateway.await(
                "the answer", () -> row("", id).at("/last/direction").asText().equals("out"));
        assertThat(row("", id).has("waitingSince")).isFalse();
        assertThat(row("", id).at("/last/text").asText()).hasSize(140).endsWith("…");
    }

    @Test
    void timesShouldLimitTheList() {
        String id = conversation("timed");
        String at = row("", id).path("updatedAt").asText();
        assertThat(row("since=" + at, id)).isNotNull();
        assertThat(row("until=" + at, id)).isNull();
        assertThat(row("since=2999-01-01T00:00:00Z", id)).isNull();
        assertThat(row("kind=test-channel", id)).isNotNull();
        assertThat(row("kind=sms", id)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tags|{}",
                "tags|{\"add\":[]}",
                "tags|{\"add\":[\" \"]}",
                "tags|{\"add\":\"vip\"}",
                "tags|{\"ad\":[\"vip\"]}",
                "tags|{\"add\":[\"two\\nlines\"]}",
                "tags|{\"remove\":[\"two\\u2028lines\"]}",
                "assign|{\"team\":\"two\\nlines\"}",
                "assign|{\"assignee\":\"a\\rb\"}",
                "messages|{\"parts\":[{\"type\":\"card\",\"title\":\"t\",\"buttons\":[{\"title\":\"b\",\"url\":\"https://shop.example@evil.example/\"}]}]}",
                "messages|{\"parts\":[{\"type\":\"media\",\"mimeType\":\"image/png\",\"url\":\"https://user@desk.example/a.png\"}]}",
                "tags|[]",
                "assign|{}",
                "assign|{\"team\":7}",
                "note|{}",
                "note|{\"text\":\" \"}",
                "note|{\"text\":\"a\",\"parts\":[]}",
                "reopen|{\"why\":1}",
            })
    void hostileBodyShouldBeRefused(String act, String body) {
        String id = conversation("hostile");
        HttpResponse<String> response =
                test.admin("POST", LIST + "/" + id + "/" + act, body, "Idempotency-Key", "hostile");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(test.admin("POST", LIST + "/none/" + act, "{\"add\":[\"a\"]}", "Idempotency-Key", "none")
                        .statusCode())
                .isIn(400, 404);
    }

    private String conversation(String from) {
        test.post("[{\"id\":\"m-" + from + "\",\"from\":\"" + from + "\",\"text\":\"hello\"}]");
        TestGateway.await("the conversation", () -> find("", "address", from) != null);
        return find("", "address", from).path("id").asText();
    }

    private void act(String id, String act, String body, String key) {
        HttpResponse<String> response = test.admin("POST", LIST + "/" + id + "/" + act, body, "Idempotency-Key", key);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(test.admin("POST", LIST + "/" + id + "/" + act, body, "Idempotency-Key", key)
                        .body())
                .isEqualTo(response.body());
    }

    private JsonNode row(String query, String id) {
        return find(query, "id", id);
    }

    private JsonNode find(String query, String field, String value) {
        JsonNode page = test.admin(LIST + "?limit=500" + (query.isEmpty() ? "" : "&" + query));
        return StreamSupport.stream(page.path("conversations").spliterator(), false)
                .filter(one -> one.path(field).asText().equals(value))
                .findFirst()
                .orElse(null);
    }

    private List<DeskNotice> notices(String id) {
        return test.desk.sent.stream()
                .map(sent -> ((Outbound.ToDesk) sent).notice())
                .filter(notice -> notice.data().conversation().id().equals(id))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
