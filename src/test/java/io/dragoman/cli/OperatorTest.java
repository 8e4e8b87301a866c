// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of an operator, beside a running gateway and without one. */
final class OperatorTest {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;

    OperatorTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder)
                .write("channels", "channels:\n  polly: {kind: parrot, token: \"${env:NOT_AT_HAND}\"}\n");
    }

    @Test
    void backtestShowsWhatOtherRulesWouldChange() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"I want a refund\"}]");
            test.post("[{\"id\":\"m2\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await("both notices", () -> test.desk.sent.size() == 2);
        }
        home.write("channels", "channels:\n  shop: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .write("rules", "rules:\n  - {name: all, team: front}\n")
                .variable("TOKEN", "s3cret-word");
        Path other = folder.resolve("new-rules.yaml");
        Files.writeString(
                other,
                "rules:\n  - {name: all, team: front}\n  - {name: refunds, when: {text: refund}, priority: high}\n");
        assertThat(run("backtest", other.toString())).isZero();
        assertThat(out.toString())
                .contains("  shop\n    priority - -> high\n", "1 of 2 messages would be treated differently.");
        assertThat(run("backtest", other.toString(), "--since", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("must be a length of time");
        Files.writeString(other, "rules:\n  - {name: all, temm: front}\n");
        assertThat(run("backtest", other.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("temm is not a known key. Did you mean 'team'?");
    }

    @Test
    void contactsAreMergedAndPartedWithTheReason() throws Exception {
        String ana;
        String anna;
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            test.post("[{\"id\":\"m2\",\"from\":\"anna\",\"text\":\"hello again\"}]");
            TestGateway.await("both notices", () -> test.desk.sent.size() == 2);
            assertThat(run("conversations", "--contact", "ana", "--json")).isZero();
            ana = json().at("/conversations/0/contact").asText();
            assertThat(run("conversations", "--contact", "anna", "--json")).isZero();
            anna = json().at("/conversations/0/contact").asText();
            assertThat(run("contact", "merge", anna, ana, "--why", "she said so"))
                    .isZero();
            assertThat(out.toString()).contains(anna + " was merged into " + ana + ".", "contact unmerge " + anna);
            assertThat(run("contact", "merge", anna, ana)).isEqualTo(1);
            assertThat(err.toString()).contains("was merged into " + ana + " already");
        }
        assertThat(run("contact", "show", ana)).isZero();
        assertThat(out.toString()).contains("Contact " + ana, " ana\n", " anna\n", "on shop", ": she said so\n");
        assertThat(run("contact", "unmerge", anna, "--json")).isZero();
        assertThat(json().path("survivor").asText()).isEqualTo(ana);
        assertThat(run("contact", "show", anna, "--json")).isZero();
        assertThat(json().at("/merges/0/why").asText()).isEqualTo("she said so");
        assertThat(json().at("/merges/0").has("undoneAt")).isTrue();
        assertThat(run("contact", "merge", ana, anna)).isZero();
        assertThat(run("contact", "unmerge", "no one")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no contact with this id: no one.");
        assertThat(run("contact", "show", "nobody")).isEqualTo(1);
        assertThat(run("contact")).isEqualTo(2);
    }

    @Test
    void commandsWorkWhileTheGatewayRunsAndWhenItDoesNot() throws Exception {
        String conversation;
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"გამარჯობა\"}]");
            test.post("no json");
            test.post("[]");
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            conversation = reads();
            assertThat(run("reply", conversation, "on our way", "--author", "Max"))
                    .isZero();
            assertThat(out.toString()).startsWith("Accepted as message ");
            TestGateway.await("the answer", () -> !test.channel.sent.isEmpty());
            assertThat(run("reply", "no-such-id", "hello")).isEqualTo(1);
            assertThat(err.toString()).contains("There is no conversation with this id.");
            assertThat(run("reply", conversation, "  ")).isEqualTo(1);
            assertThat(err.toString()).contains("text is blank");
        }
        assertThat(run("close", "no-such-id")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no conversation no-such-id");
        assertThat(reads()).isEqualTo(conversation);
        assertThat(run("conversation", conversation)).isZero();
        assertThat(out.toString()).contains("გამარჯობა", "on our way", "agent Max, sent");
        assertThat(run("explain", conversation)).isEqualTo(1);
        assertThat(err.toString()).contains("It is a conversation: ./dragoman conversation " + conversation);

        assertThat(run("reply", conversation, "later", "--json")).isZero();
        JsonNode stored = json();
        assertThat(stored.path("running").asBoolean()).isFalse();
        assertThat(run("reply", "no-such-id", "hello")).isEqualTo(1);
        assertThat(run("explain", stored.path("id").asText())).isZero();
        assertThat(out.toString()).contains("agent.replied from api", "command line", "new");
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            TestGateway.await("the stored answer", () -> !test.channel.sent.isEmpty());
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            assertThat(run("close", conversation)).isZero();
            assertThat(out.toString()).contains("Conversation " + conversation + " is closed.");
            TestGateway.await("word at the desk", () -> test.desk.sent.stream()
                    .map(ToDesk.class::cast)
                    .map(ToDesk::notice)
                    .filter(notice -> notice.type() == DeskNotice.Type.CONVERSATION_UPDATED)
                    .anyMatch(notice -> notice.data().conversation().status() == Conversation.State.CLOSED));
        }
        assertThat(run("close", conversation, "--json")).isZero();
        assertThat(json().path("running").asBoolean()).isFalse();
    }

    @Test
    void conversationIsSortedAndNotedWhileTheGatewayRunsAndWhenItDoesNot() throws Exception {
        String conversation;
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            assertThat(run("conversations", "--json")).isZero();
            conversation = json().at("/conversations/0/id").asText();
            assertThat(run("tag", conversation, "--add", "vip", "--add", "new")).isZero();
            assertThat(out.toString()).startsWith("Accepted.");
            assertThat(run("assign", conversation, "--team", "billing")).isZero();
            assertThat(run("note", conversation, "called twice", "--author", "Max"))
                    .isZero();
            assertThat(run("tag", conversation)).isEqualTo(1);
            assertThat(err.toString()).contains("add or remove must name a tag");
            assertThat(run("note", "no-such-id", "x")).isEqualTo(1);
            TestGateway.await(
                    "the note",
                    () -> test.desk.sent.stream().map(ToDesk.class::cast).anyMatch(sent -> "Note by Max: called twice"
                            .equals(sent.notice().data().detail())));
        }
        assertThat(run("conversations", "--tag", "vip")).isZero();
        assertThat(out.toString()).contains(conversation);
        assertThat(run("conversation", conversation)).isZero();
        assertThat(out.toString()).contains("team billing", "tags vip new", "note by agent Max", "called twice");
        assertThat(run("tag", conversation, "--remove", "new", "--json")).isZero();
        assertThat(json().path("running").asBoolean()).isFalse();
        assertThat(run("reopen", conversation)).isZero();
        assertThat(out.toString()).contains("at the next start");
    }

    @Test
    void firstMessageIsWrittenWhileTheGatewayRunsAndWhenItDoesNot() throws Exception {
        home.write(
                        "channels",
                        "channels:\n  shop: {kind: parrot, token: \"${env:TOKEN}\","
                                + " cage: {host: h, key: \"${env:TOKEN}\"}}\n")
                .variable("TOKEN", "s3cret-word");
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            assertThat(run("write", "--channel", "shop", "--to", "bo", "we first"))
                    .isZero();
            assertThat(out.toString()).startsWith("Accepted as message ");
            TestGateway.await("the first message", () -> !test.channel.sent.isEmpty());
            assertThat(run("write", "--channel", "nowhere", "--to", "bo", "hello"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("There is no channel with this id.");
        }
        home.write("gateway", "{}\n");
        assertThat(run("write", "--channel", "nowhere", "--to", "bo", "hello")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no channel with this id.");
        assertThat(run("write", "--channel", "shop", "--to", "zoe", "stored", "--author", "Max"))
                .isZero();
        assertThat(out.toString()).contains("it goes out at the next start");
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            TestGateway.await("the stored first message", () -> !test.channel.sent.isEmpty());
        }
    }

    /** Every command that only looks. */
    private String reads() throws IOException {
        assertThat(run("conversations", "--json")).isZero();
        String conversation = json().at("/conversations/0/id").asText();
        assertThat(run("conversations", "--status", "open")).isZero();
        assertThat(out.toString()).contains(conversation, "shop, ana", "These are all.");
        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        for (String found : new String[] {"ana", "AN%"}) {
            assertThat(run("conversations", "--contact", found, "--channel", "shop"))
                    .isZero();
            assertThat(out.toString().contains(conversation)).as(found).isEqualTo(found.equals("ana"));
        }
        assertThat(run("conversations", "--team", "billing")).isZero();
        assertThat(out.toString()).contains("There are no conversations.");
        assertThat(run("conversation", conversation, "--json")).isZero();
        String message = json().at("/messages/messages/0/id").asText();
        assertThat(run("explain", message)).isZero();
        assertThat(out.toString()).contains("Message " + message, "გამარჯობა", "Deliveries");
        assertThat(run("explain", message, "--json")).isZero();
        assertThat(json().at("/event/state").asText()).isEqualTo("done");
        assertThat(run("dead", "list")).isZero();
        assertThat(out.toString()).contains("1 of 1.", "the body is not an array of events");
        assertThat(run("dead", "list", "--json")).isZero();
        assertThat(json().at("/deadLetters/0/place").asText()).isEqualTo("shop");
        assertThat(run("ledger")).isZero();
        assertThat(out.toString()).contains("Every line adds up.");
        assertThat(run("ledger", "--json")).isZero();
        assertThat(json().at("/difference").asInt()).isZero();
        assertThat(run("ignored")).isZero();
        assertThat(out.toString()).contains("test-channel.nothing", "1 was ignored since");
        assertThat(run("ignored", "--json", "--channel", "shop")).isZero();
        assertThat(json().at("/ignored/0/kind").asText()).isEqualTo("test-channel.nothing");
        assertThat(run("ignored", "--since", "2999-01-01T00:00:00Z")).isZero();
        assertThat(out.toString()).contains("Nothing was ignored since 2999-01-01T00:00:00Z.");
        assertThat(run("explain", "none")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no message, event or delivery none.");
        assertThat(run("conversation", "none")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no conversation none.");
        return conversation;
    }

    @Test
    void checkNamesWhatAConfigurationOrphansBesideTheGatewayAndWithout() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            orphans();
        }
        orphans();
        home.write("channels", "channels:\n  shop: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .write("desks", "desks:\n  inbox: {kind: local}\n  desk: {kind: local, enabled: false}\n");
        assertThat(run("check")).isZero();
        assertThat(out.toString()).contains("The configuration is valid").doesNotContain("orphaned");
    }

    @Test
    void checkTellsOfADeskThatWouldBeAnotherWhileNewsWaits() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofHours(1)));
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await("the failure", test.desk.outcomes::isEmpty);
        }
        home.variable("NOT_AT_HAND", "token")
                .variable("TOKEN", "token")
                .write("channels", "channels:\n  shop: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .write("desks", "desks:\n  desk: {kind: local}\n");
        assertThat(run("check")).as("%s%s", out, err).isZero();
        assertThat(out.toString())
                .contains("news waits that was made for what desk was before: it was test-desk and is local now");
    }

    @Test
    void checkReadsTheOperatorsRoutesAndNamesFileLineAndReason() throws Exception {
        home.variable("NOT_AT_HAND", "token")
                .write("channels", "channels:\n  faxes: {kind: parrot, token: t}\n")
                .file("routes/a.camel.yaml", "- route:\n    id: a\n   from: [")
                .file(
                        "routes/b.camel.yaml",
                        "- route:\n    from:\n      uri: direct:b\n      steps:\n        - tu: log:x\n")
                .file(
                        "routes/c.camel.yaml",
                        "- route:\n    from:\n      uri: ftb:host/in\n      steps:\n" + "        - to: intake:fexes\n")
                .file(
                        "routes/d.camel.yaml",
                        "- route:\n    id: journey\n    from:\n      uri: direct:d\n      steps:\n"
                                + "        - to: \"file:{{NOWHERE_SET}}/out\"\n")
                .file(
                        "routes/e.camel.yaml",
                        "- route:\n    id: e\n    from:\n      uri: direct:e\n      steps:\n"
                                + "        - choice:\n            when:\n              - simple: ${body} == 'x'\n"
                                + "                steps:\n                  - to: intake:nobody\n");
        assertThat(run("check")).isEqualTo(2);
        assertThat(out.toString())
                .containsPattern("error    routes/a\\.camel\\.yaml:3:\\d+ is not valid YAML: ")
                .containsPattern("error    routes/b\\.camel\\.yaml:5:\\d+ has the step 'tu', which is none of Camel's")
                .contains("error    routes/c.camel.yaml:3:12 uses 'ftb', but no such component is installed.")
                .contains("camel-ftb-4.22.0.jar", "docs/routes.md")
                .contains(
                        "error    routes/c.camel.yaml:5:15 hands over to intake:fexes, but config/channels.yaml has no such"
                                + " channel that is enabled. Did you mean 'faxes'?")
                .contains(
                        "error    routes/d.camel.yaml:2:9 has the route id 'journey', which the gateway itself has already.")
                .contains("error    routes/d.camel.yaml:6:", "set the environment variable NOWHERE_SET")
                .contains("error    routes/e.camel.yaml:10:25 hands over to intake:nobody")
                .contains("The configuration is invalid: 7 errors")
                .doesNotContain("Exception");
    }

    private void orphans() throws IOException {
        home.variable("NOT_AT_HAND", "token").variable("TOKEN", "token");
        assertThat(run("check")).isZero();
        assertThat(out.toString())
                .contains("orphaned desk desk is not configured, but the store has 1 open conversation of it (")
                .contains("The next message of each goes to inbox.")
                .contains("orphaned channel shop is not configured, but the store has 1 open conversation of it (")
                .contains("give it its id again")
                .contains("what it posts to /desks/desk gets 404")
                .contains("The configuration is valid, with 3 warnings.");
        assertThat(run("check", "--json")).isZero();
        assertThat(json().at("/orphaned/0/id").asText()).isEqualTo("desk");
        assertThat(json().at("/orphaned/0/conversations/0").asText()).hasSize(36);
    }

    @Test
    void storeIsCopiedOnceIntoAnEmptyOne() throws Exception {
        assertThat(run("store", "copy", "--to", "sqlite:copy/dragoman.db")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no store at", "nothing to copy");
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            assertThat(run("store", "copy", "--to", "sqlite:copy/dragoman.db")).isEqualTo(2);
            assertThat(err.toString()).contains("in use by another gateway");
        }
        assertThat(run("store", "copy", "--to", "mysql://x")).isEqualTo(2);
        assertThat(err.toString()).contains("--to must be sqlite:data/dragoman.db or postgresql://");
        assertThat(run("store", "copy", "--to", "sqlite:copy/dragoman.db")).isZero();
        assertThat(out.toString()).contains("message              1", "Copied and compared: sqlite:");
        assertThat(run("store", "copy", "--to", "sqlite:copy/dragoman.db")).isEqualTo(1);
        assertThat(err.toString()).contains("is not empty");
        home.write("gateway", "store: {url: \"sqlite:copy/dragoman.db\"}\n");
        assertThat(run("conversations")).isZero();
        assertThat(out.toString()).contains("shop, ana");
    }

    @Test
    void pauseAndResumeSayWhichOfTheTwoIsWrong() throws Exception {
        home.write("channels", "channels:\n  polly: {kind: parrot, token: t}\n");
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            assertThat(run("resume", "shop")).isEqualTo(1);
            assertThat(err.toString()).contains("shop is not paused.").doesNotContain("There is no");
            whichIsWrong();
        }
        whichIsWrong();
        assertThat(run("resume", "polly")).isEqualTo(1);
        assertThat(err.toString()).contains("polly is not paused.").doesNotContain("There is no");
    }

    private void whichIsWrong() {
        for (String verb : new String[] {"pause", "resume"}) {
            assertThat(run(verb, "nosuch")).isEqualTo(1);
            assertThat(err.toString())
                    .contains("There is no channel, desk or lane of the name nosuch.")
                    .doesNotContain("not paused");
        }
        assertThat(run("move", "helpdesk", "nosuch")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no such desk to move to");
    }

    @Test
    void largeDeadBodyIsShownWithoutAGateway() throws Exception {
        String body = "no json ".repeat(40_000);
        String id;
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.post(body);
            assertThat(run("dead", "list", "--json")).isZero();
            id = json().at("/deadLetters/0/id").asText();
        }
        assertThat(run("dead", "show", id)).isZero();
        assertThat(out.toString()).contains(body.length() + " bytes", "It is too large to be shown.");
        assertThat(run("dead", "show", id, "--json")).isZero();
        assertThat(json().at("/raw/size").asInt()).isEqualTo(body.length());
        assertThat(run("explain", id)).isZero();
        assertThat(out.toString()).contains("stored as received: " + body.length() + " bytes");
    }

    @Test
    void explainingTouchesNoFileOfARunningGateway() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.post("no json");
            assertThat(run("dead", "list", "--json")).isZero();
            String id = json().at("/deadLetters/0/id").asText();
            Path underWay = folder.resolve("data/media/unfinished/under-way");
            Files.writeString(underWay, "half of a picture");
            assertThat(run("explain", id)).isZero();
            assertThat(run("dead", "show", id)).isZero();
            assertThat(underWay).exists();
        }
    }

    @Test
    void ledgerTellsWhatIsUnaccountedFor() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hi\"}]");
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
        }
        assertThat(run("ledger")).isZero();
        damage("UPDATE event SET state='NEW'"); // in no queue: nobody will ever look at it
        assertThat(run("ledger")).isEqualTo(1);
        assertThat(out.toString()).contains("Something is unaccounted for.");
        damage("DELETE FROM decision", "DELETE FROM event"); // acknowledged bytes that nothing stands for
        assertThat(run("ledger", "--json")).isEqualTo(1);
        assertThat(json().at("/difference").asInt()).isEqualTo(1);
    }

    private void damage(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/dragoman.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    @Test
    void reportAndExportWorkWhileTheGatewayRunsAndWhenItDoesNot() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"my secret\"}]");
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            reports();
        }
        damage("UPDATE conversation SET tags='[\"=HYPERLINK(1)\",\"vip\"]', team='a\u202eb'");
        reports();
        assertThat(run("export", "conversations")).isZero();
        assertThat(out.toString()).contains(",\"'=HYPERLINK(1) vip\",");
        assertThat(run("report")).isZero();
        assertThat(out.toString()).doesNotContain("\u202e");
        assertThat(run("report", "--since", "1h", "--until", "2h")).isEqualTo(2);
        assertThat(err.toString()).contains("--since must be before --until");
        assertThat(run("export", "conversations", "--since", "soon")).isEqualTo(2);
    }

    private void reports() throws IOException {
        assertThat(run("conversations", "--json")).isZero();
        String id = json().at("/conversations/0/id").asText();
        assertThat(run("report")).isZero();
        assertThat(out.toString())
                .contains(id, "shop, desk, ", "1 waits for an answer.", "all")
                .doesNotContain("secret");
        assertThat(run("report", "--json")).isZero();
        assertThat(json().at("/waiting/count").asInt()).isEqualTo(1);
        assertThat(json().at("/period/total/unanswered").asInt()).isEqualTo(1);
        assertThat(run("report", "--csv")).isZero();
        assertThat(out.toString().lines()).hasSize(2).last().asString().startsWith("\"shop\",\"desk\",");
        assertThat(run("report", "--waiting", "--csv")).isZero();
        assertThat(out.toString().lines()).hasSize(2).last().asString().startsWith("\"" + id + "\",\"shop\",\"desk\",");
        assertThat(run("export", "conversations")).isZero();
        assertThat(out.toString().lines()).hasSize(2).last().asString().startsWith("\"" + id + "\",\"shop\",\"desk\",");
        assertThat(out.toString()).doesNotContain("secret", "ana");
        assertThat(run("export", "conversations", "--json")).isZero();
        assertThat(json().at("/conversation").asText()).isEqualTo(id);
        assertThat(run("export", "conversations", "--since", "3d", "--until", "2d"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void withoutAStoreThereIsASentence() {
        for (String[] command :
                new String[][] {{"conversations"}, {"explain", "x"}, {"reply", "x", "y"}, {"ledger"}, {"report"}}) {
            assertThat(run(command)).isEqualTo(1);
            assertThat(err.toString()).contains("there is no store at").doesNotContain("Exception");
        }
        assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }

    @Test
    void tryShowsWhatTheRulesSayAndKeepsNothing() throws IOException {
        home.variable("NOT_AT_HAND", "here")
                .write("replies", "replies:\n  closed: {en: We are closed.}\n")
                .write("hours", "hours:\n  default: {zone: UTC, week: {mon-fri: [\"09:00-18:00\"]}}\n")
                .write("rules", """
                        rules:
                          - name: Night
                            when: {hours: closed}
                            reply: closed
                          - name: Refunds
                            when: {text: {any: [refund]}}
                            team: billing
                        """);
        assertThat(run("try", "--channel", "polly", "--text", "a REFUND", "--at", "2026-11-21T23:00:00Z"))
                .isZero();
        assertThat(out.toString())
                .contains("applies  Night", "applies  Refunds", "We are closed.", "team billing", "nothing was stored");
        assertThat(run("try", "--channel", "polly", "--text", "hi", "--at", "2026-11-20T12:00:00Z", "--json"))
                .isZero();
        assertThat(json().at("/decision/rules/0/matched").asBoolean()).isFalse();
        assertThat(run("try", "--channel", "poly", "--text", "hi")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no channel poly.", "polly");
        assertThat(run("try", "--channel", "polly", "--text", "hi", "--at", "noon"))
                .isEqualTo(2);
        assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }

    @Test
    void tryTakesAttachmentsFurtherMessagesAndWhatIsKnownAlready() throws IOException {
        home.variable("NOT_AT_HAND", "here").write("rules", """
                rules:
                  - name: Picture
                    when: {if: 'message.parts.exists(p, p.media == "image" && p.mimeType == "image/jpeg")'}
                    contact: {tags: [sends-pictures]}
                    team: pictures
                  - {name: Second, when: {first: false, contact: {tags: sends-pictures}}, tags: followed}
                  - {name: Known, when: {contact: {tags: vip}, conversation: {attributes: {order: late}}}, priority: high}
                """);
        assertThat(run("try", "--channel", "polly", "--text", "look", "--attach", "photo.jpg", "--text", "and?"))
                .isZero();
        assertThat(out.toString())
                .contains("A first message on polly", "contact tags sends-pictures", "team pictures")
                .contains("A further message on polly", "tags followed");
        assertThat(run(
                        "try",
                        "--channel",
                        "polly",
                        "--attach",
                        "image/jpeg",
                        "--contact-tag",
                        "vip",
                        "--attribute",
                        "order=late",
                        "--json"))
                .isZero();
        assertThat(json().at("/decision/actions/0/type").asText()).isEqualTo("team");
        assertThat(out.toString()).contains("\"priority\":\"high\"", "\"contactTag\"");
        assertThat(run("try", "--channel", "polly", "--text", "a", "--text", "b", "--json"))
                .isZero();
        assertThat(json()).hasSize(2);
        assertThat(run("try", "--channel", "polly")).isEqualTo(2);
        assertThat(err.toString()).contains("--text or --attach must be there");
    }

    @Test
    void rulesAreTriedAndComparedWithoutTheSecretsAtHand() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hi\"}]");
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
        }
        home.write("channels", "channels:\n  shop: {kind: parrot, token: \"${env:UNSET}\"}\n")
                .write(
                        "replies",
                        "replies: {r: \"Call {{ business.phone }}.\"}\nbusiness: {phone: \"${file:/no/such}\"}\n")
                .write("rules", "rules:\n  - {name: all, team: front, reply: r}\n");
        assertThat(run("try", "--channel", "shop", "--text", "hi")).isZero();
        assertThat(out.toString()).contains("team front", "Call ${file:/no/such}.");
        assertThat(err.toString())
                .contains("channels.shop.token takes the environment variable UNSET, which is not set. Only looking")
                .contains("takes the file /no/such, which does not exist. Only looking");
        Path other = folder.resolve("new-rules.yaml");
        Files.writeString(other, "rules:\n  - {name: all, team: back}\n");
        assertThat(run("backtest", other.toString())).isZero();
        assertThat(out.toString()).contains("1 of 1 messages would be treated differently.");
        assertThat(run("check")).as("what runs needs them").isEqualTo(2);
        assertThat(out.toString()).contains("UNSET, which is not set. Set it before the start");
        assertThat(run("run")).isEqualTo(2);
    }

    private JsonNode json() throws IOException {
        return Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = folder.toString();
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }
}
