// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.Rules;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the business knows of contacts: set by command, API and table, seen by rules and replies. */
final class ContactAttributesTest {
    private static final String RULES = """
            rules:
              - {name: Gold, on: contact, when: {contact: {attributes: {loyalty: gold}}}, team: vips}
              - {name: Greet, when: {text: hello, if: 'contact.attributes.loyalty == "gold"'}, reply: hello}
            """;
    private static final String REPLIES = "replies: {hello: 'Hello {{ contact.attributes.loyalty }} customer'}\n";

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;

    ContactAttributesTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder).write("channels", "channels:\n  shop: {kind: parrot, token: t}\n");
    }

    @Test
    void rulesAndRepliesShouldSeeWhatIsSetWhileTheGatewayRuns() throws Exception {
        Rules rules = rules();
        String contact;
        try (TestGateway test = new TestGateway(folder.resolve("data"), rules)) {
            serve(test);
            write(test, "m1", "+4915112345678", "hi");
            TestGateway.await("the notice", () -> test.desk.sent.size() == 1);
            contact = contact(test);
            assertThat(run("contact", "set", contact, "loyalty=gold", "city=Ulm"))
                    .isZero();
            assertThat(out.toString()).isEqualTo("city Ulm\nloyalty gold\n");
            TestGateway.await(
                    "the rule's turn",
                    () -> test.admin("/api/v1/conversations?team=vips")
                                    .path("conversations")
                                    .size()
                            == 1);
            write(test, "m2", "+4915112345678", "hello");
            TestGateway.await("the reply", () -> !test.channel.sent.isEmpty());
            assertThat(test.channel.sent.get(0).toString()).isNotEmpty();
            assertThat(test.admin("/api/v1/conversations?team=vips").toString()).contains(contact);
            JsonNode shown = test.admin("/api/v1/contacts/" + contact);
            assertThat(shown.at("/contact/attributes/loyalty").asText()).isEqualTo("gold");
            assertThat(shown.at("/attributes/0/source").asText()).isEqualTo("api");
            String path = "/api/v1/contacts/" + contact + "/attributes";
            assertThat(test.admin("PUT", path, "{\"attributes\":{\"size\":\"XL\"}}")
                            .body())
                    .isEqualTo("{\"attributes\":{\"size\":\"XL\"}}");
            assertThat(test.admin("PATCH", path, "{\"attributes\":{\"a b\":\"x\"}}")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(test.admin("PATCH", path, "{\"attributes\":[1]}").statusCode())
                    .isEqualTo(400);
            assertThat(test.admin("PATCH", path.replace(contact, "nobody"), "{\"attributes\":{}}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(test.admin("/api/v1/audit?action=contact.attributes").path("entries"))
                    .isNotEmpty();
        }
        assertThat(run("contact", "set", contact, "size=", "loyalty=tin")).isZero();
        assertThat(out.toString()).isEqualTo("loyalty tin\n");
        assertThat(run("contact", "show", contact)).isZero();
        assertThat(out.toString()).contains("loyalty tin, command ");
        assertThat(run("contact", "set", contact, "loyalty")).isEqualTo(2);
        assertThat(run("contact", "set", "nobody", "a=b")).isEqualTo(1);
    }

    @Test
    void tableShouldBeTakenOnceAndItsBadLinesNamed() throws Exception {
        Path table = folder.resolve("customers.csv");
        Files.writeString(table, """
                \uFEFFPhone;loyalty;"Note;s"
                0151 12345678;gold;"says ""hi""
                twice"
                +49 151 12345678;gold;x
                nonsense;gold;x
                +49 30 111111;tin;x
                0151 99999999;silver
                0151 99999999;silver;y
                """);
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            serve(test);
            write(test, "m1", "+4915112345678", "hi");
            write(test, "m2", "+4915199999999", "hi");
            TestGateway.await("both", () -> test.desk.sent.size() == 2);
            assertThat(run("contact", "import", table.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("has a column 'Note;s', but an attribute's name is");
            Files.writeString(table, Files.readString(table).replace("\"Note;s\"", "note"));
            assertThat(run("contact", "import", table.toString(), "--country", "DE", "--dry-run"))
                    .isEqualTo(1);
            assertThat(out.toString())
                    .contains("Would change 2 contacts; 0 were so already, 1 lines are about", "3 lines are bad.")
                    .contains("line 2: An attribute's value is one line")
                    .contains("line 5: The phone number is none")
                    .contains("line 7: It has 2 fields, but the first line has 3.");
            assertThat(test.admin("/api/v1/contacts").toString()).doesNotContain("gold");
            assertThat(run("contact", "import", table.toString(), "--country", "DE", "--json"))
                    .isEqualTo(1);
            assertThat(json().path("changed").asInt()).isEqualTo(2);
            assertThat(test.admin("/api/v1/contacts").toString()).contains("gold", "silver");
            assertThat(run("contact", "import", table.toString(), "--country", "DE", "--json"))
                    .isEqualTo(1);
            assertThat(json().path("changed").asInt()).isZero();
            assertThat(json().path("same").asInt()).isEqualTo(2);
        }
        Files.writeString(table, "e-mail,a\n");
        assertThat(run("contact", "import", table.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("none that says who is meant");
        Files.writeString(table, "id,a\nnobody,1\n");
        assertThat(run("contact", "import", table.toString())).isZero();
        assertThat(out.toString()).contains("1 lines are about somebody who never wrote");
        assertThat(run("contact", "import", "no-such-file.csv")).isEqualTo(1);
    }

    private static Rules rules() {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        Yaml.read("rules.yaml", RULES, problems).orElseThrow(),
                        Yaml.read("replies.yaml", REPLIES, problems).orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        return book;
    }

    private void serve(TestGateway test) {
        home.write(
                "gateway",
                "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
    }

    private static void write(TestGateway test, String id, String phone, String text) {
        assertThat(test.post("""
                [{"type":"message.received","key":"%1$s","at":"2026-11-20T10:00:00Z","sender":{"address":"%2$s",
                "identities":[{"type":"phone","value":"%2$s","verified":true}]},"externalId":"%1$s",
                "parts":[{"type":"text","text":"%3$s"}],"threading":{"references":[]}}]""".formatted(id, phone, text))).isEqualTo(200);
    }

    private static String contact(TestGateway test) {
        return test.admin("/api/v1/contacts").at("/contacts/0/id").asText();
    }

    private JsonNode json() throws IOException {
        return Json.tree(out.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--home";
        all[args.length + 1] = folder.toString();
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }
}
