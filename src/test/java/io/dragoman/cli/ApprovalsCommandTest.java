// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command approvals, against a gateway that runs and one that does not. */
final class ApprovalsCommandTest {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;

    ApprovalsCommandTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder)
                .write("channels", "channels:\n  polly: {kind: parrot, token: \"${env:NOT_AT_HAND}\"}\n");
    }

    @Test
    @DisplayName("answers are listed, approved and refused, whether the gateway runs or not")
    void answersShouldBeListedApprovedAndRefused() throws Exception {
        RuleBook book = RuleBook.read(
                RuleFiles.of(node("rules: [{name: Sorry, reply: sorry}]"), node("replies: {sorry: Sorry}"), null),
                Set.of("shop"),
                Set.of("desk"),
                new Problems());
        String first;
        String second;
        try (TestGateway test = new TestGateway(folder.resolve("data"), book)) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            for (String who : List.of("1", "2")) {
                test.post("[{\"id\":\"m" + who + "\",\"from\":\"public:" + who + "\",\"text\":\"question " + who
                        + "\"}]");
            }
            TestGateway.await(
                    "both answers",
                    () -> test.gateway.store().read(tx -> tx.approvals().waiting()) == 2);
            assertThat(run("approvals", "list")).isZero();
            assertThat(out.toString())
                    .contains(
                            "waiting, on shop, rule Sorry, until ",
                            "to: ",
                            "question 1",
                            "answer: ",
                            "2 answers wait.");
            first = id(0);
            second = id(1);
            assertThat(run("approvals", "approve", first)).isZero();
            assertThat(out.toString()).contains(first + " is approved; it is sent once.");
            TestGateway.await("the answer", () -> test.channel.sent.size() == 1);
            assertThat(run("approvals", "refuse", first)).isEqualTo(1);
            assertThat(err.toString()).contains(first + " is approved already.");
            assertThat(run("approvals", "approve", "none")).isEqualTo(1);
            assertThat(err.toString()).contains("No answer of this id waits for approval");
        }
        assertThat(run("approvals", "refuse", second)).isZero();
        assertThat(run("approvals", "approve", second)).isEqualTo(1);
        assertThat(err.toString()).contains(second + " is refused already.");
        assertThat(run("approvals", "approve", "a/b")).isEqualTo(1);
        assertThat(run("approvals", "list", "--state", "refused")).isZero();
        assertThat(out.toString()).contains(second + "  refused by cli:", "0 answers wait.");
        assertThat(run("approvals", "list", "--state", "lost")).isEqualTo(1);
        assertThat(err.toString()).contains("Known: waiting, approved, refused, expired.");
        assertThat(run("audit")).isZero();
        assertThat(out.toString()).contains("answer.approve", "answer.refuse");
    }

    private String id(int place) throws Exception {
        assertThat(run("approvals", "list", "--json")).isZero();
        return Json.tree(out.toString().getBytes(StandardCharsets.UTF_8))
                .at("/approvals/" + place + "/id")
                .asText();
    }

    private static Node node(String text) {
        return Yaml.read("x.yaml", text, new Problems()).orElseThrow();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.toString()));
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all.toArray(new String[0]));
    }
}
