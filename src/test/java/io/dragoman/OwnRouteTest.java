// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel made of two files: a route of the operator's own, and a few lines of configuration. */
final class OwnRouteTest {
    @TempDir
    private Path home;

    @Test
    void droppedFileBecomesAMessageAndTheAnswerAFile() throws Exception {
        write(
                "config/gateway.yaml",
                "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0}\ndesk: inbox\n");
        write("config/channels.yaml", "channels:\n  faxes: {kind: route, to: direct:answer}\n");
        write("config/desks.yaml", "desks:\n  inbox: {kind: local}\n");
        write("routes/faxes.camel.yaml", """
                - route:
                    from:
                      uri: file:%s/in?delay=50
                      steps:
                        - to: intake:faxes
                - route:
                    from:
                      uri: direct:answer
                      steps:
                        - to: file:%s/out?fileName=answer.json
                """.formatted(home, home));
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> null);
        Random random = new Random(1);
        Loaded<RuleBook> loaded = bootstrap.load(random);
        assertThat(loaded.errors()).isEmpty();
        Loaded.Usable<RuleBook> usable = (Loaded.Usable<RuleBook>) loaded;
        try (Gateway gateway = Gateway.start(
                bootstrap.setup(usable, new Setup.Environment(Clock.systemUTC(), random, failure -> {})))) {
            write("in/1.json", "{\"id\": \"1\", \"from\": \"ana\", \"text\": \"მოკითხვა\"}");
            TestGateway.await("the conversation", () -> !recent(gateway).isEmpty());
            String conversation = recent(gateway).get(0);
            reply(gateway, conversation);
            Path answer = home.resolve("out/answer.json");
            TestGateway.await("the answer", () -> Files.exists(answer) && contains(answer, "გამარჯობა"));
        }
    }

    private static void reply(Gateway gateway, String conversation) {
        var event = new io.dragoman.model.DeskEvent.AgentReplied(
                "reply",
                java.time.Instant.EPOCH,
                conversation,
                List.of(new io.dragoman.model.Part.Text("გამარჯობა")),
                "Max",
                null);
        var request = io.dragoman.connector.Request.polled("api", Json.bytes(event), java.time.Instant.EPOCH);
        var arrived = new io.dragoman.store.Events.Arrived(
                "api",
                request,
                request.body(),
                null,
                "hash",
                List.of(event),
                null,
                io.dragoman.store.Events.State.DEAD);
        gateway.store()
                .write(tx -> tx.events().take(arrived, gateway::newId, 1))
                .join();
    }

    private static List<String> recent(Gateway gateway) {
        return gateway.store().read(tx -> tx.conversations().recent(null, null, Long.MAX_VALUE, "", 10)).stream()
                .map(io.dragoman.model.Conversation::id)
                .toList();
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        Path whole = home.resolve("written");
        Files.writeString(whole, content);
        Files.move(whole, file);
    }
}
