// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.cli.DeskTrial;
import io.dragoman.model.Conversation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers and an agent speak through a gateway and a real Redmine. */
final class RedmineDeskTest {
    private static final int CLOSED = 5;

    @TempDir
    private static Path home;

    private static Redmine desk;
    private static DeskTalk talk;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Redmine.isInstalled(), "no redmine");
        desk = new Redmine();
        talk = new DeskTalk(
                home,
                "{kind: http, profile: redmine, baseUrl: \"" + desk.url("") + "\", apiKey: \""
                        + desk.keys.get("dragoman") + "\", userId: " + desk.keys.get("dragoman-id")
                        + ", project: support, role: " + desk.keys.get("role") + ", field: " + desk.keys.get("field")
                        + ", domain: customers.test, pollEvery: 5s, assignees: \"maria=" + desk.keys.get("max-id")
                        + "\"}");
    }

    @AfterAll
    static void stop() throws Exception {
        if (talk != null) {
            talk.close();
        }
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void customerAndAgentShouldSpeakAndNothingShouldComeBack() throws Exception {
        String ana = "+4915550101";
        talk.says(ana, "Where is my order? გამარჯობა");
        talk.says(ana, "Number 4711");
        String issue = talk.reference(ana);
        DeskTalk.await("both messages", () -> written(issue).size() == 2);
        JsonNode read = read(issue);
        String customer = read.at("/author/name").asText();
        assertThat(customer).startsWith("Ana გ");
        assertThat(read.at("/subject").asText()).isEqualTo("Where is my order? გამარჯობა");

        note("max", issue, Map.of("notes", "between us", "private_notes", true));
        note("max", issue, Map.of("notes", "It *comes* é\ntoday", "assigned_to_id", desk.keys.get("max-id")));
        DeskTalk.await("the answer", () -> !talk.got(ana).isEmpty());
        assertThat(talk.got(ana)).containsExactly("It *comes* é\ntoday");

        talk.says(ana, "Thank you");
        DeskTalk.await("the third", () -> written(issue).size() == 5);
        note("max", issue, Map.of("notes", "Bye"));
        DeskTalk.await("the last answer", () -> talk.got(ana).size() >= 2);
        assertThat(talk.got(ana)).containsExactly("It *comes* é\ntoday", "Bye");
        assertThat(written(issue))
                .containsExactly(
                        customer + " Where is my order? გამარჯობა",
                        customer + " Number 4711",
                        "Max Agent between us",
                        "Max Agent It *comes* é\ntoday",
                        customer + " Thank you",
                        "Max Agent Bye");
        assertThat(desk.mails(talk.of(ana).contact() + "@customers.test")).isEmpty();
        assertThat(talk.dead()).isEmpty();
    }

    @Test
    void filesShouldGoBothWays() throws Exception {
        String ben = "+4915550102";
        talk.says(ben, "Look", Map.of("ქვითარი ä.txt", "hello é"));
        String issue = talk.reference(ben);
        talk.says(ben, "", Map.of("b.txt", "again"));
        DeskTalk.await("both files", () -> files(issue).size() == 2);
        assertThat(files(issue)).containsExactly("ქვითარი ä.txt=hello é", "b.txt=again");
        String token = desk.call(
                        "POST",
                        "/uploads.json?filename=bill.txt&content_type=text/plain",
                        desk.as("max"),
                        "application/octet-stream",
                        "a bill é".getBytes(StandardCharsets.UTF_8))
                .json()
                .at("/upload/token")
                .asText();
        note("max", issue, Map.of("notes", "Your bill", "uploads", List.of(Map.of("token", token))));
        DeskTalk.await("the answer", () -> talk.got(ben).size() >= 2);
        assertThat(talk.got(ben)).containsExactlyInAnyOrder("Your bill", "bill.txt=a bill é");
    }

    @Test
    void whoWasGivenTheConversationShouldHaveTheIssue() throws Exception {
        String eva = "+4915550105";
        talk.says(eva, "Who will help me?");
        String issue = talk.reference(eva);
        talk.assigns(eva, "maria");
        DeskTalk.await(
                "the assignee", () -> read(issue).at("/assigned_to/id").asText().equals(desk.keys.get("max-id")));
        assertThat(talk.dead()).isEmpty();
    }

    @Test
    void testShouldKnowARightKeyFromAWrongOne(@TempDir Path other) {
        DeskTrial trial = new DeskTrial(other);
        Map<String, String> account = new HashMap<>(Map.of(
                "profile",
                "redmine",
                "baseUrl",
                desk.url("").toString(),
                "apiKey",
                desk.keys.get("dragoman"),
                "userId",
                desk.keys.get("dragoman-id"),
                "project",
                "support",
                "role",
                desk.keys.get("role"),
                "field",
                desk.keys.get("field"),
                "domain",
                "customers.test"));
        assertThat(trial.test(account)).as(trial.said()).isZero();
        account.put("project", "nowhere");
        assertThat(trial.test(account)).as(trial.said()).isEqualTo(1);
        account.put("project", "support");
        account.put("apiKey", "0123456789abcdef0123456789abcdef01234567");
        assertThat(trial.test(account)).as(trial.said()).isEqualTo(1);
        assertThat(trial.said()).contains("answered 401");
    }

    @Test
    void stateShouldGoBothWays() throws Exception {
        String cara = "+4915550103";
        talk.says(cara, "Hello");
        String issue = talk.reference(cara);
        note("max", issue, Map.of("status_id", CLOSED));
        DeskTalk.await("the end", () -> talk.of(cara).status() == Conversation.State.CLOSED);
        talk.says(cara, "One more thing");
        DeskTalk.await("the issue to open", () -> !closed(issue));
        assertThat(talk.of(cara).status()).isEqualTo(Conversation.State.OPEN);
        talk.closes(cara);
        DeskTalk.await("the issue to end", () -> closed(issue));
        note("max", issue, Map.of("status_id", 2));
        DeskTalk.await("the conversation to open", () -> talk.of(cara).status() == Conversation.State.OPEN);
    }

    /** Messages that come while it is away, or while it ends in the midst of them, and answers before the gateway starts. */
    @Test
    void powerCutsShouldLoseAndDoubleNothing() throws Exception {
        String dora = "+4915550104";
        List<String> all = new ArrayList<>();
        talk.says(dora, "first");
        String issue = talk.reference(dora);
        String customer = read(issue).at("/author/name").asText();
        all.add(customer + " first");
        for (int i = 0; i < 4; i++) {
            talk.says(dora, "number " + i);
            all.add(customer + " number " + i);
            if (i == 1) {
                desk.kill();
            }
        }
        desk.start();
        talk.later();
        DeskTalk.await("all", () -> written(issue).size() >= all.size());
        talk.stop();
        note("max", issue, Map.of("notes", "while it was away"));
        talk.start();
        DeskTalk.await("the answer", () -> !talk.got(dora).isEmpty());
        talk.says(dora, "last");
        all.add("Max Agent while it was away");
        all.add(customer + " last");
        DeskTalk.await("the last", () -> written(issue).size() >= all.size());
        assertThat(written(issue)).containsExactlyElementsOf(all);
        assertThat(talk.got(dora)).containsExactly("while it was away");
        assertThat(talk.dead()).isEmpty();
    }

    private static List<String> written(String issue) throws Exception {
        return desk.written(issue);
    }

    private static List<String> files(String issue) throws Exception {
        List<String> files = new ArrayList<>();
        for (JsonNode one : read(issue).at("/attachments")) {
            String path = one.at("/content_url")
                    .asText()
                    .substring(desk.url("").toString().length());
            files.add(one.at("/filename").asText() + "="
                    + desk.get("dragoman", path).text());
        }
        return files;
    }

    private static boolean closed(String issue) throws Exception {
        return read(issue).at("/status/is_closed").asBoolean();
    }

    private static void note(String user, String issue, Map<String, Object> change) throws Exception {
        assertThat(desk.call(user, "PUT", "/issues/" + issue + ".json", Map.of("issue", change))
                        .status())
                .isEqualTo(204);
    }

    private static JsonNode read(String issue) throws Exception {
        PackagedDesk.Answer answer = desk.get("dragoman", "/issues/" + issue + ".json?include=journals,attachments");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at("/issue");
    }
}
