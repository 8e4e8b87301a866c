// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestGateway;
import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import io.dragoman.config.Loaded;
import io.dragoman.rules.RuleBook;
import io.dragoman.simulator.desk.DeskSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent at a webhook desk types, and the visitor who reads at that moment sees it. */
final class AgentTypingTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private int sent;

    @Test
    void typingShouldBeSeenByWhoReadsNowAndBeInNoStore() throws Exception {
        try (DeskSimulator desk = new DeskSimulator(0, Clock.systemUTC());
                Gateway gateway = start(folder, desk, "")) {
            String chat = "http://127.0.0.1:" + gateway.publicPort() + "/channels/chat/";
            URI callback = URI.create("http://127.0.0.1:" + gateway.publicPort() + "/desks/help");
            String token = ChatGateway.json(post(chat + "session", "", "{}"))
                    .path("token")
                    .asText();
            post(chat + "messages", token, ChatGateway.message("message-1", "hi"));
            TestGateway.await("the message at the desk", () -> !desk.notes().isEmpty());
            String conversation = desk.notes().get(0).conversation();
            HttpRequest events = to(chat + "events", token).GET().build();
            try (EventStream stream = new EventStream(HTTP, events)) {
                stream.await(1);
                assertThat(tell(desk, callback, conversation, ",\"author\":{\"name\":\"Ana\"}"))
                        .isEqualTo(200);
                List<JsonNode> signals = stream.awaitSignals(1);
                assertThat(signals.get(0).path("typing").asBoolean()).isTrue();
                assertThat(signals.get(0).path("name").asText()).isEqualTo("Ana");
                assertThat(tell(desk, callback, conversation, ",\"typing\":false"))
                        .isEqualTo(200);
                assertThat(stream.awaitSignals(2).get(1).path("typing").asBoolean(true))
                        .isFalse();

                IntStream.range(0, 20).forEach(i -> tell(desk, callback, conversation, ""));
                assertThat(tell(desk, callback, "another", ""))
                        .isEqualTo(200); // not told which conversations there are
                assertThat(desk.agentReplies(callback, conversation, "Ana", "hello"))
                        .isEqualTo(200);
                stream.await(2);
                assertThat(stream.awaitSignals(3))
                        .as("20 within a second or two")
                        .hasSizeLessThan(8);
                assertThat(stream.ids())
                        .as("they have no place in the feed")
                        .doesNotHaveDuplicates()
                        .isSorted();
            }
            assertThat(desk.tell(callback, "typing-wrong", "{\"type\":\"agent.typing\",\"data\":{}}"))
                    .isEqualTo(400);
            assertThat(count(folder, "SELECT count(*) FROM raw WHERE source='help'"))
                    .as("the answer alone")
                    .isEqualTo(1);
            assertThat(count(folder, "SELECT count(*) FROM event WHERE source='help'"))
                    .isEqualTo(1);
            assertThat(count(folder, "SELECT count(*) FROM feed WHERE content LIKE '%typing%'"))
                    .isZero();
        }
    }

    private int tell(DeskSimulator desk, URI callback, String conversation, String more) {
        return desk.tell(
                callback,
                "typing-" + ++sent,
                "{\"type\":\"agent.typing\",\"data\":{\"conversation\":{\"id\":\"" + conversation + "\"}" + more
                        + "}}");
    }

    /** @param more of the desk's settings */
    static Gateway start(Path folder, DeskSimulator desk, String more) throws Exception {
        Home home = new Home(folder)
                .write("gateway", "http: {port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0}\n")
                .write("channels", "channels:\n  chat: {kind: webchat, origins: \"https://shop.example\"}\n")
                .write(
                        "desks",
                        "desks:\n  help: {kind: webhook, url: \""
                                + desk.settings().get("url") + "\", secret: \"" + desk.secret() + "\"" + more + "}\n");
        Bootstrap bootstrap = new Bootstrap(folder, Connectors.installed(), home.environment()::get);
        Loaded<RuleBook> loaded = bootstrap.load(new Random(1));
        assertThat(loaded.errors()).isEmpty();
        return Gateway.start(bootstrap.setup(
                (Loaded.Usable<RuleBook>) loaded,
                new Setup.Environment(Clock.systemUTC(), new Random(1), failure -> {})));
    }

    static long count(Path folder, String query) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/dragoman.db"));
                ResultSet row = connection.createStatement().executeQuery(query)) {
            return row.getLong(1);
        }
    }

    static HttpRequest.Builder to(String address, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).header("Origin", ChatGateway.SITE);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    static HttpResponse<String> post(String address, String token, String json) throws Exception {
        HttpResponse<String> answer = ChatGateway.send(to(address, token)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
