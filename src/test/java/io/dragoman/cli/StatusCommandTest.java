// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SendReply;
import io.dragoman.store.DeadLetters;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} says of a gateway that runs, and of one that does not. */
final class StatusCommandTest {
    private static final Decision REPLY =
            new Decision(List.of(new SendReply("Hours", "closed", "en", "We are closed.", null)), List.of());

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void configuration() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/channels.yaml"), "channels:\n");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = folder.toString();
        return new Dragoman(List.of(), name -> null)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }

    private JsonNode json() throws Exception {
        return Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private TestGateway started(TestChannel channel) throws Exception {
        TestGateway test =
                new TestGateway(folder.resolve("data"), situation -> REPLY, channel, new TestDesk(), setup -> setup);
        Files.writeString(
                folder.resolve("config/gateway.yaml"),
                "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
        return test;
    }

    @Test
    void statusOfNoGatewayShouldFailAndSayHowToStartIt() throws Exception {
        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString()).contains("does not run", "./dragoman run");
        assertThat(run("status", "--json")).isEqualTo(1);
        assertThat(json().path("running").asBoolean(true)).isFalse();
    }

    @Test
    void statusShouldTellChannelsWorkAndTheLastProblems() throws Exception {
        TestChannel channel = new TestChannel();
        channel.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "no words of ours"));
        try (TestGateway test = started(channel)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"canary-of-a-text\"}]");
            TestGateway.await(
                    "the refusal",
                    () -> test.gateway.store().read(tx -> tx.deadLetters().count(DeadLetters.Filter.ALL)) == 1);
            assertThat(run("pause", "desk", "--reason", "stocktaking")).isZero();
            test.clock.move(Duration.ofMinutes(125));
            TestGateway.await(
                    "the count", () -> run("status") == 0 && out.toString().contains("Dead: 1"));
            assertThat(out.toString())
                    .contains("Dragoman ", " is ready, up 2 h 5 min since ")
                    .containsPattern("shop +ok +test-channel channel")
                    .containsPattern("desk +paused +test-desk desk")
                    .contains("stocktaking", "Dead: 1, uncertain: 0, paused: 1", " to send")
                    .contains("Last problems", "shop  message (automatic) dead", "no words of ours")
                    .doesNotContain("canary-of-a-text");
            assertThat(run("status", "--json")).isZero();
            assertThat(json().at("/work/dead").asInt()).isEqualTo(1);
            assertThat(json().at("/lastProblems/0/author").asText()).isEqualTo("automatic");
            assertThat(json().at("/health/configuration/status").asText()).isEqualTo("ok");
            assertThat(run("dead", "list")).isZero();
            assertThat(out.toString()).contains("message of a rule (automatic) to shop: dead");

            test.gateway.configurationProblems(List.of("config/rules.yaml:3:5 is not a rule."));
            assertThat(run("status")).isZero();
            assertThat(out.toString()).contains("The configuration is BROKEN since ", "config/rules.yaml:3:5");
        }
    }

    @Test
    void anAgentsDeadMessageShouldBeTold() throws Exception {
        TestChannel channel = new TestChannel();
        channel.outcomes.add(new Outcome.Sent("s-1"));
        channel.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "no more"));
        try (TestGateway test = started(channel)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await("the reply", () -> channel.outcomes.size() == 1);
            assertThat(run("conversations", "--json")).isZero();
            String conversation = json().at("/conversations/0/id").asText();
            assertThat(run("reply", conversation, "hello")).isZero();
            TestGateway.await(
                    "the refusal",
                    () -> run("dead", "list") == 0 && out.toString().contains("of an agent"));
            assertThat(out.toString()).contains("message of an agent to shop: dead");
        }
    }
}
