// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the profile redmine relies on, asked of a real one. */
final class RedmineTest {
    private static final int REPORTER = 5;
    private static final int CLOSED = 5;

    private static Redmine desk;

    @BeforeAll
    static void start() throws Exception {
        if (!Redmine.isInstalled()) {
            System.err.println(
                    "######## NOT TRIED ON A REAL REDMINE: install redmine, redmine-sqlite and puma ########");
        }
        Assumptions.assumeTrue(Redmine.isInstalled(), "no redmine");
        desk = new Redmine();
    }

    @AfterAll
    static void stop() throws Exception {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void customerShouldBeAUserWhoIsMadeOnceAndFoundByLogin() throws Exception {
        int id = customer("ana");
        assertThat(make("ana").status()).as("made twice").isEqualTo(422);
        assertThat(join(id)).as("joined twice").isEqualTo(422);
        assertThat(get("/users.json?name=c-ana").at("/users/0/id").asInt()).isEqualTo(id);
        assertThat(get("/users.json?name=c-nobody").at("/total_count").asInt()).isZero();
        assertThat(join(99999)).as("a user that is not there").isEqualTo(422);
    }

    @Test
    void issueShouldBeTheCustomersAndBeFoundByItsKey() throws Exception {
        int customer = customer("ben");
        JsonNode issue = create("ben", "d-1", List.of());
        assertThat(issue.at("/author/id").asInt()).isEqualTo(customer);
        assertThat(issue.at("/author/name").asText()).isEqualTo("Customer ben");
        assertThat(issue.at("/description").asText()).isEqualTo("გამარჯობა 👍");
        assertThat(found("d-1")).containsExactly(issue.at("/id").asInt());
        assertThat(found("d-1x")).isEmpty();
    }

    /** A field without "Used as a filter" is no filter: then every issue is found. */
    @Test
    void unknownFieldShouldFindEverything() throws Exception {
        customer("all");
        create("all", "d-all", List.of());
        assertThat(get("/issues.json?status_id=*&cf_999=d-none")
                        .at("/total_count")
                        .asInt())
                .isPositive();
    }

    @Test
    void unknownLoginShouldBeRefusedWith412() throws Exception {
        assertThat(desk.call(
                                "POST",
                                "/issues.json",
                                behalf("nobody"),
                                "application/json",
                                "{}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(412);
    }

    @Test
    void journalsShouldTellNotesFromPrivateOnes() throws Exception {
        int customer = customer("cara");
        int issue = create("cara", "d-3", List.of()).at("/id").asInt();
        note("c-cara", issue, Map.of("notes", "from the customer"));
        note("max", issue, Map.of("notes", "an answer", "assigned_to_id", 6));
        note("max", issue, Map.of("notes", "between us", "private_notes", true));
        note("max", issue, Map.of("status_id", CLOSED));
        JsonNode read = issue(issue);
        List<String> told = new ArrayList<>();
        read.at("/journals")
                .forEach(one -> told.add(
                        one.at("/user/name").asText() + " " + one.at("/notes").asText() + " "
                                + one.at("/private_notes").asBoolean()));
        assertThat(told)
                .containsExactly(
                        "Customer cara from the customer false",
                        "Max Agent an answer false",
                        "Max Agent between us true",
                        "Max Agent  false");
        assertThat(read.at("/journals/0/user/id").asInt())
                .isEqualTo(customer)
                .isEqualTo(read.at("/author/id").asInt());
        assertThat(read.at("/journals/3/details/0").toString())
                .contains("\"name\":\"status_id\"", "\"new_value\":\"5\"");
        assertThat(read.at("/status/is_closed").asBoolean()).isTrue();
    }

    /** Who writes is told nothing, and a change that a customer may not make is dropped without a word. */
    @Test
    void customerShouldNotOpenAnIssueButTheAdministrator() throws Exception {
        customer("dora");
        int issue = create("dora", "d-4", List.of()).at("/id").asInt();
        note("max", issue, Map.of("status_id", CLOSED));
        note("c-dora", issue, Map.of("notes", "Not yet", "status_id", 1));
        assertThat(issue(issue).at("/status/is_closed").asBoolean()).isTrue();
        note("dragoman", issue, Map.of("status_id", 1));
        assertThat(issue(issue).at("/status/is_closed").asBoolean()).isFalse();
    }

    @Test
    void filesShouldBeUploadedFirstAndKeepTheirNames() throws Exception {
        customer("eva");
        String name = "ქვითარი ä.txt";
        String token = upload("c-eva", name, "hello");
        int issue =
                create("eva", "d-5", List.of(uploaded(token, name))).at("/id").asInt();
        String bill = upload("max", "bill.pdf", "a bill");
        note("max", issue, Map.of("notes", "your bill", "uploads", List.of(uploaded(bill, "bill.pdf"))));
        JsonNode read = issue(issue);
        assertThat(read.at("/attachments/0/filename").asText()).isEqualTo(name);
        JsonNode journal = read.at("/journals/0/details/0");
        assertThat(journal.at("/property").asText()).isEqualTo("attachment");
        assertThat(journal.at("/name").asText())
                .isEqualTo(read.at("/attachments/1/id").asText());
        String link = read.at("/attachments/1/content_url").asText();
        assertThat(link).startsWith(desk.url("/attachments/download/").toString());
        String path = link.substring(desk.url("").toString().length());
        assertThat(desk.get("dragoman", path).text()).isEqualTo("a bill");
        assertThat(desk.call("GET", path, Map.of(), "", new byte[0]).status()).isNotEqualTo(200);
    }

    /** It counts from a second before, so nothing of the same second is missed. */
    @Test
    void changedIssuesShouldBeFoundByTheSecond() throws Exception {
        customer("finn");
        JsonNode made = create("finn", "d-6", List.of());
        int issue = made.at("/id").asInt();
        note("max", issue, Map.of("notes", "an answer"));
        String changed = issue(issue).at("/updated_on").asText();
        assertThat(changed).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(since(changed)).contains(issue);
        assertThat(since(Instant.parse(changed).plusSeconds(2).toString())).doesNotContain(issue);
    }

    /** Who has "No events" gets no mail; the others get theirs. */
    @Test
    void customerShouldGetNoMail() throws Exception {
        customer("gina");
        int issue = create("gina", "d-7", List.of()).at("/id").asInt();
        note("max", issue, Map.of("notes", "an answer", "assigned_to_id", 6));
        note("c-gina", issue, Map.of("notes", "for the one assigned: " + issue));
        TestGateway.await("the agent's mail", () -> {
            try {
                return desk.mails("max@shop.test").stream()
                        .anyMatch(mail -> mail.contains("for the one assigned: " + issue));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(desk.mails("gina@customers.test")).isEmpty();
    }

    @Test
    void wrongKeyShouldBeRefusedWhereALoginIsRequired() throws Exception {
        assertThat(desk.call("GET", "/issues.json", Map.of("X-Redmine-API-Key", "wrong"), "", new byte[0])
                        .status())
                .isEqualTo(401);
        assertThat(desk.get("dragoman", "/issues/99999.json").status()).isEqualTo(404);
    }

    private static int customer(String name) throws Exception {
        PackagedDesk.Answer answer = make(name);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        int id = answer.json().at("/user/id").asInt();
        assertThat(join(id)).isEqualTo(201);
        return id;
    }

    private static PackagedDesk.Answer make(String name) throws Exception {
        return desk.call(
                "dragoman",
                "POST",
                "/users.json",
                Map.of(
                        "user",
                        Map.of(
                                "login",
                                "c-" + name,
                                "firstname",
                                "Customer",
                                "lastname",
                                name,
                                "mail",
                                name + "@customers.test",
                                "mail_notification",
                                "none",
                                "generate_password",
                                true)));
    }

    private static int join(int user) throws Exception {
        Map<String, Object> membership = Map.of("user_id", user, "role_ids", List.of(REPORTER));
        return desk.call("dragoman", "POST", "/projects/support/memberships.json", Map.of("membership", membership))
                .status();
    }

    private static JsonNode create(String customer, String key, List<Map<String, String>> files) throws Exception {
        Map<String, Object> issue = new LinkedHashMap<>();
        issue.put("project_id", "support");
        issue.put("subject", "Where is my order?");
        issue.put("description", "გამარჯობა 👍");
        issue.put("custom_fields", List.of(Map.of("id", desk.keys.get("field"), "value", key)));
        issue.put("uploads", files);
        PackagedDesk.Answer answer = write("POST", "/issues.json", behalf("c-" + customer), issue);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/issue");
    }

    private static void note(String user, int issue, Map<String, Object> change) throws Exception {
        Map<String, String> who = user.startsWith("c-") ? behalf(user) : desk.as(user);
        assertThat(write("PUT", "/issues/" + issue + ".json", who, change).status())
                .isEqualTo(204);
    }

    private static PackagedDesk.Answer write(String method, String path, Map<String, String> who, Object issue)
            throws Exception {
        return desk.call(method, path, who, "application/json", PackagedDesk.json(Map.of("issue", issue)));
    }

    private static String upload(String user, String name, String content) throws Exception {
        PackagedDesk.Answer answer = desk.call(
                "POST",
                "/uploads.json?filename=" + encoded(name),
                user.startsWith("c-") ? behalf(user) : desk.as(user),
                "application/octet-stream",
                content.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/upload/token").asText();
    }

    private static Map<String, String> uploaded(String token, String name) {
        return Map.of("token", token, "filename", name, "content_type", "text/plain");
    }

    private static Map<String, String> behalf(String login) {
        Map<String, String> headers = new HashMap<>(desk.as("dragoman"));
        headers.put("X-Redmine-Switch-User", login);
        return headers;
    }

    private static JsonNode issue(int id) throws Exception {
        return get("/issues/" + id + ".json?include=journals,attachments").at("/issue");
    }

    private static List<Integer> found(String key) throws Exception {
        return issues("&cf_" + desk.keys.get("field") + "=" + key);
    }

    private static List<Integer> since(String time) throws Exception {
        return issues("&sort=updated_on&updated_on=" + encoded(">=" + time));
    }

    private static List<Integer> issues(String filter) throws Exception {
        List<Integer> ids = new ArrayList<>();
        get("/issues.json?project_id=support&limit=100&status_id=*" + filter)
                .at("/issues")
                .forEach(one -> ids.add(one.at("/id").asInt()));
        return ids;
    }

    private static JsonNode get(String path) throws Exception {
        PackagedDesk.Answer answer = desk.get("dragoman", path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
