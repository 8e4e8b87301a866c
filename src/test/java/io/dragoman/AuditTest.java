// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.audit.Actor;
import io.dragoman.model.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit log says of what is done by the API. */
final class AuditTest {
    private static final String API = "/api/v1/";

    private TestGateway test;
    private String conversation;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        test = new TestGateway(data);
        assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"a word of hers\"}]"))
                .isEqualTo(200);
        TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
        conversation =
                test.admin(API + "conversations").at("/conversations/0/id").asText();
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private HttpResponse<String> post(String path, String body) {
        return test.admin("POST", API + path, body);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        test.admin(API + "audit")
                .path("entries")
                .forEach(entry -> lines.add(entry.path("action").asText() + " "
                        + entry.path("target").asText("") + " "
                        + entry.path("detail").asText("")));
        return lines;
    }

    @Test
    void whatIsDoneShouldBeWrittenDownOnce() {
        assertThat(post("pause", "{\"id\":\"shop\",\"reason\":\"a secret reason\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("resume", "{\"id\":\"shop\"}").statusCode()).isEqualTo(200);
        assertThat(lines()).containsExactly("resume shop ", "pause shop ");
        JsonNode first = test.admin(API + "audit?limit=1");
        assertThat(first.at("/entries/0/actor").asText()).isEqualTo("admin");
        assertThat(first.at("/entries/0/role").asText()).isEqualTo("operator");
        assertThat(first.at("/entries/0/from").asText()).isEqualTo("127.0.0.1");
        assertThat(first.at("/entries/0/at").asText()).endsWith("Z");
        JsonNode second =
                test.admin(API + "audit?limit=1&before=" + first.path("next").asText());
        assertThat(second.at("/entries/0/action").asText()).isEqualTo("pause");
        assertThat(second.path("next").isNull() || second.path("next").isMissingNode())
                .isTrue();
        assertThat(test.admin(API + "audit").toString()).doesNotContain("a secret reason");
        assertThat(test.admin("GET", API + "audit?before=garbage", null).body())
                .contains("\"status\":400", "as next gave it");
    }

    @Test
    void whatIsNotDoneShouldNotBeWrittenDown() {
        assertThat(post("pause", "{\"id\":\"nobody\"}").statusCode()).isEqualTo(404);
        assertThat(post("resume", "{\"id\":\"shop\"}").statusCode()).isEqualTo(409);
        assertThat(post("contacts/none/merge", "{\"contact\":\"other\"}").statusCode())
                .isEqualTo(404);
        assertThat(post("dead/discard", "{\"all\":true,\"dryRun\":true}").statusCode())
                .isEqualTo(200);
        assertThat(post("move", "{\"from\":\"gone\",\"to\":\"nobody\"}").statusCode())
                .isEqualTo(404);
        assertThat(post("channels/shop/preview", "{\"text\":\"hi\"}").statusCode())
                .isEqualTo(200);
        assertThat(lines()).isEmpty();
    }

    @Test
    void deadLettersShouldBeNamedByTheirIds() {
        assertThat(test.post("no json")).isEqualTo(200);
        TestGateway.await(
                "the dead letter", () -> test.admin(API + "dead").path("count").asInt() == 1);
        String id = test.admin(API + "dead").at("/deadLetters/0/id").asText();
        assertThat(post("dead/replay", "{\"id\":\"" + id + "\"}").statusCode()).isEqualTo(200);
        assertThat(lines()).as("it still cannot be read: nothing was done").isEmpty();
        assertThat(post("dead/discard", "{\"id\":\"" + id + "\",\"why\":\"a secret reason\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(lines()).containsExactly("dead.discard " + id + " ");
        test.post("still no json");
        test.post("again no json");
        TestGateway.await(
                "the dead letters", () -> test.admin(API + "dead").path("count").asInt() == 2);
        assertThat(post("dead/discard", "{\"all\":true}").statusCode()).isEqualTo(200);
        assertThat(lines().get(0)).matches("dead.discard  2 from [0-9a-f-]{36} to [0-9a-f-]{36}");
    }

    @Test
    void answerShouldBeWrittenDownWithItsIdAndWithoutItsWords() {
        String path = API + "conversations/" + conversation;
        for (int i = 0; i < 2; i++) { // the second is the same again
            assertThat(test.admin("POST", path + "/messages", "{\"text\":\"a word of mine\"}", "Idempotency-Key", "k")
                            .statusCode())
                    .isEqualTo(202);
        }
        assertThat(test.admin("POST", path + "/close", null, "Idempotency-Key", "c")
                        .statusCode())
                .isEqualTo(202);
        List<String> lines = lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("conversation.closed ");
        assertThat(lines.get(1)).startsWith("agent.replied ");
        String message = lines.get(1).split(" ", -1)[1];
        assertThat(test.admin(API + "messages/" + message + "/explain").toString())
                .contains("a word of mine");
        assertThat(test.admin(API + "audit").toString()).doesNotContain("a word of mine");
    }

    @Test
    void commandLineShouldBeNamedByItsUser() {
        assertThat(test.admin("POST", API + "pause", "{\"id\":\"shop\"}", "X-Dragoman-User", "root")
                        .statusCode())
                .isEqualTo(200);
        assertThat(test.admin("POST", API + "pause", "{\"id\":\"desk\"}", "X-Dragoman-User", "no name\u00e4")
                        .statusCode())
                .isEqualTo(200);
        JsonNode entries = test.admin(API + "audit").path("entries");
        assertThat(entries.at("/1/actor").asText()).isEqualTo("cli:root");
        assertThat(entries.at("/0/actor").asText()).isEqualTo("admin");
        assertThat(Actor.commandLine("root")).isEqualTo(new Actor("cli:root", Role.OPERATOR, "local"));
    }

    @Test
    void loginsShouldBeWrittenDown() {
        assertThat(post("session", "{\"token\":\"" + TestGateway.TOKEN.value() + "\"}")
                        .statusCode())
                .isEqualTo(200);
        TestGateway.await("the line", () -> lines().contains("session.begin  "));
    }
}
