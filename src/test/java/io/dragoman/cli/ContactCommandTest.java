// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of one contact, and notes of what they consent to. */
final class ContactCommandTest {
    private static final String RULES = """
            rules:
              - {name: Lunch, when: {text: lunch}, ask: lunch}
              - {name: Sorry, when: {text: sorry}, reply: sorry, approval: required}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path folder;
    private final Home home;

    ContactCommandTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder).write("channels", "channels:\n  shop: {kind: parrot, token: t}\n");
    }

    @Test
    void contactShouldBeShownWithItsPollsAndApprovals() throws Exception {
        String contact;
        try (TestGateway test =
                new TestGateway(folder.resolve("data"), book(), new TestChannel(), new TestDesk(), setup -> setup)) {
            writes(test, "m1", "lunch");
            TestGateway.await("the poll", () -> !test.channel.sent.isEmpty());
            writes(test, "m2", "no");
            contact = contact(test);
            TestGateway.await("the answer", () -> kinds(test, contact).contains("poll answered lunch: No"));
            writes(test, "m3", "sorry");
            TestGateway.await(
                    "an answer that waits", () -> kinds(test, contact).contains("approval asked Sorry: So sorry"));
            String waits = test.admin("/api/v1/approvals").at("/approvals/0/id").asText();
            assertThat(test.admin("POST", "/api/v1/approvals/" + waits + "/approve", null)
                            .statusCode())
                    .isEqualTo(200);
            TestGateway.await("the decision", () -> kinds(test, contact).stream()
                    .anyMatch(one -> one.startsWith("approval approved")));
            assertThat(kinds(test, contact)).contains("poll asked lunch");
        }
        assertThat(run("contact", contact)).isZero();
        assertThat(out.toString())
                .contains("poll answered  lunch  No", "poll asked  lunch", "approval asked  Sorry  So sorry")
                .contains("approval approved", "message  in contact");
        assertThat(run("contact", "timeline", contact, "--limit", "2")).isZero();
        assertThat(out.toString()).contains("There is more before that: --limit");
        assertThat(run("contact", contact, "--json")).isZero();
        JsonNode shown = Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(shown.at("/contact/contact/id").asText()).isEqualTo(contact);
        assertThat(shown.at("/timeline/entries").size()).isGreaterThan(5);
        assertThat(run("contact", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no contact nobody.");
        assertThat(run("contact")).isEqualTo(2);
        assertThat(err.toString()).contains("Which contact, or which command?");
    }

    @Test
    void consentShouldBeShownAndNotedWhetherTheGatewayRunsOrNot() throws Exception {
        String contact;
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            writes(test, "m1", "hello");
            contact = contact(test);
            assertThat(run("contact", "consent", contact)).isZero();
            assertThat(out.toString()).contains("They neither consented to anything nor withdrew it.");
            assertThat(run("contact", "consent", contact, "--give", "marketing", "--why", "form of 2 May"))
                    .isZero();
            assertThat(out.toString()).containsPattern("marketing given on shop at \\S+ \\(api\\): form of 2 May");
            assertThat(run("contact", "consent", contact, "--give", "marketing", "--channel", "other"))
                    .isEqualTo(1);
            assertThat(err.toString()).isNotBlank();
        }
        assertThat(run("contact", "consent", contact, "--withdraw", "survey", "--channel", "shop"))
                .isZero();
        assertThat(out.toString()).isEqualTo("Noted for shop.\n");
        assertThat(run("contact", "consent", contact, "--json")).isZero();
        assertThat(out.toString()).contains("\"marketing\"", "\"survey\"", "form of 2 May");
        assertThat(run("contact", "consent", contact, "--withdraw", "survey", "--channel", "other"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("on the channel other");
        assertThat(run("contact", "consent", "nobody")).isEqualTo(1);
        assertThat(run("contact", "consent", contact, "--give", "sales")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no purpose sales. There are service,");
        assertThat(run("contact", "consent", contact, "--give", "survey", "--withdraw", "survey"))
                .isEqualTo(2);
        assertThat(run("contact", contact)).isZero();
        assertThat(out.toString()).contains("consent given  marketing", "consent withdrawn  survey");
    }

    private static RuleBook book() {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", RULES, problems).orElseThrow(),
                        Yaml.read("replies.yaml", "replies: {sorry: So sorry}", problems)
                                .orElseThrow(),
                        null,
                        null,
                        List.of(),
                        null,
                        Yaml.read("polls.yaml", "polls: {lunch: {text: Hungry?, choices: [\"Yes\", \"No\"]}}", problems)
                                .orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        return book;
    }

    private static void writes(TestGateway test, String id, String text) {
        assertThat(test.post("[{\"id\":\"" + id + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        TestGateway.await("its end", () -> test.gateway
                .store()
                .read(tx -> tx.events().find("shop", id))
                .filter(event -> event.doneAt() != null)
                .isPresent());
    }

    private static String contact(TestGateway test) {
        return test.admin("/api/v1/conversations")
                .at("/conversations/0/contact")
                .asText();
    }

    private static List<String> kinds(TestGateway test, String contact) {
        List<String> all = new ArrayList<>();
        test.admin("/api/v1/contacts/" + contact + "/timeline?work=false")
                .path("entries")
                .forEach(one -> all.add(
                        (one.path("kind").asText() + " " + one.path("what").asText() + " "
                                + one.path("name").asText()
                                + (one.path("text").asText().isEmpty()
                                        ? ""
                                        : ": " + one.path("text").asText()))));
        return all;
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = folder.toString();
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }
}
