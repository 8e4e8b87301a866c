// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent's file that may never be fetched is that file's trouble alone. */
final class AgentsFileTest {
    @TempDir
    private static Path home;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(home);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://desk.example.com/a.pdf",
                "https://10.0.0.5/a.pdf",
                "https://desk.example.com:8443/a.pdf",
                "https://2130706433/a.pdf"
            })
    void fileThatIsForbiddenShouldFailAtOnceAndKeepNobodyWaiting(String url) {
        String customer = "+49300" + (Math.abs(url.hashCode() % 90_000) + 10_000);
        world.writes("sms", customer, "where is it? " + url.hashCode());
        Note note = world.note("sms", "where is it? " + url.hashCode());
        ArrayNode file = Json.mapper().createArrayNode();
        file.addObject()
                .put("type", "media")
                .put("media", "file")
                .put("mimeType", "application/pdf")
                .put("url", url);
        world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", file);
        world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", "it is on its way");
        World.await("the text behind the file", () -> world.delivered("sms", customer)
                .contains("it is on its way"));
        World.await("word at the desk", () -> world.desk.notes().stream()
                .filter(news -> news.type().equals("delivery.updated"))
                .filter(news -> news.conversation().equals(note.conversation()))
                .anyMatch(news -> news.body().contains("failed")));
        assertThat(world.received("sms")).isNotEmpty();
    }
}
