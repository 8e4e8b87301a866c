// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of polls, without a gateway that runs. */
final class PollsCommandTest {
    private static final String POLLS = "polls: {lunch: {text: Hungry?, choices: [\"Yes\", \"No\"], right: \"Yes\"}}\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void resultsShouldBeShown() throws Exception {
        Home home = new Home(folder)
                .write("channels", "channels:\n  polly: {kind: parrot, token: x}\n")
                .write("polls", POLLS);
        answered();
        assertThat(run(home, "polls", "list")).isZero();
        assertThat(out.toString().lines().toList())
                .anySatisfy(line -> assertThat(line).matches("lunch +1 +1"));
        assertThat(run(home, "polls", "results", "lunch")).isZero();
        assertThat(out.toString())
                .contains("Poll lunch: asked 1, answered to the end by 1.", "lunch (choice): 1 answers, 1 right")
                .containsPattern("Yes +1 +100 %  right")
                .containsPattern("No +0 +0 %");
        assertThat(run(home, "polls", "results", "lunch", "--csv")).isZero();
        assertThat(out.toString()).contains("\"lunch\",\"lunch\",\"choice\",\"Yes\",true,1,,,");
        assertThat(out.toString()).contains("\"lunch\",\"lunch\",\"choice\",\"No\",false,0,,,");
        assertThat(run(home, "polls", "results", "dinner")).isNotZero();
        assertThat(err.toString()).contains("Nobody was asked a poll of the name dinner");
    }

    @Test
    void reportShouldHaveThePollsThatWereAskedInItsTime() throws Exception {
        Home home = new Home(folder)
                .write("channels", "channels:\n  polly: {kind: parrot, token: x}\n")
                .write("polls", POLLS);
        answered();
        assertThat(run(home, "report")).isZero();
        assertThat(out.toString())
                .contains("Poll lunch: asked 1, answered to the end by 1.")
                .containsPattern("No +0 +0 %");
        assertThat(run(home, "report", "--json")).isZero();
        assertThat(out.toString()).contains("\"polls\"", "\"lunch\"");
        assertThat(run(home, "report", "--polls", "--csv")).isZero();
        assertThat(out.toString().lines()).hasSize(3).contains("\"lunch\",\"lunch\",\"choice\",\"Yes\",true,1,,,");
        assertThat(run(home, "report", "--polls", "--since", "2020-01-01T00:00:00Z", "--until", "2020-02-01T00:00:00Z"))
                .isZero();
        assertThat(out.toString()).isEqualTo("Nobody was asked a poll.\n");
        assertThat(run(home, "report", "--csv")).isZero();
        assertThat(out.toString()).as("a table of one kind").doesNotContain("lunch");
    }

    private void answered() throws Exception {
        RuleBook book = book();
        TestChannel channel = new TestChannel();
        try (TestGateway test =
                new TestGateway(folder.resolve("data"), book, channel, new TestDesk(), setup -> setup)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hi\"}]");
            TestGateway.await("the poll", () -> !channel.sent.isEmpty());
            test.post("[{\"id\":\"m2\",\"from\":\"ana\",\"text\":\"yes\"}]");
            TestGateway.await(
                    "the answer",
                    () -> test.gateway
                                    .store()
                                    .<Long>read(
                                            tx -> tx.polls().turnouts().get(0).done())
                            == 1);
        }
    }

    private static RuleBook book() {
        Problems problems = new Problems();
        return RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", "rules: [{name: Asks, ask: lunch}]", problems)
                                .orElseThrow(),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        Yaml.read("polls.yaml", POLLS, problems).orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
    }

    private int run(Home home, String... arguments) {
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
