// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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

    @Test
    @DisplayName("where a file is not there the message counts as sent, and agents are told which one is missing")
    void partsBesideAMissingFileShouldBeSent() {
        Note note = asks("+49300100", "your invoice?");
        ArrayNode parts = Json.mapper().createArrayNode();
        parts.addObject().put("type", "text").put("text", "here it is");
        media(parts).put("url", world.desk.baseUrl() + "/files/none.pdf").put("fileName", "../in/voice.pdf");
        parts.addObject().put("type", "text").put("text", "with our thanks");
        says(note, parts);
        JsonNode told = inPart(note).json();
        assertThat(told.at("/data/message/status").asText()).isEqualTo("sent");
        assertThat(told.at("/data/detail").asText())
                .isEqualTo("a file of the message was not sent: the media's server answered 404");
        assertThat(told.at("/data/notes/0").asText())
                .isEqualTo("The file voice.pdf did not reach the customer: the media's server answered 404."
                        + " The rest of the message was sent.");
        assertThat(String.join("\n", world.delivered("sms", "+49300100"))).contains("here it is", "with our thanks");
        assertThat(updates(note, "failed")).isEmpty();
    }

    @Test
    @DisplayName("an empty file is named, nothing is dead, and the message counts as sent")
    void emptyFileShouldBeLeftOut() {
        Note note = asks("+49300104", "your list?");
        ArrayNode parts = Json.mapper().createArrayNode();
        parts.addObject().put("type", "text").put("text", "this is the list");
        URI file = world.desk.host("list.pdf", "application/pdf", new byte[0], "");
        media(parts).put("url", file.toString()).put("fileName", "list.pdf");
        says(note, parts);
        JsonNode told = inPart(note).json();
        assertThat(told.at("/data/message/status").asText()).isEqualTo("sent");
        assertThat(told.at("/data/notes/0").asText())
                .isEqualTo("The file list.pdf did not reach the customer: it is empty."
                        + " The rest of the message was sent.");
        assertThat(world.delivered("sms", "+49300104")).containsExactly("this is the list");
        assertThat(updates(note, "failed")).isEmpty();
    }

    @Test
    @DisplayName("of an empty file alone nothing was sent")
    void emptyFileAloneShouldFail() {
        Note note = asks("+49300105", "your form?");
        ArrayNode parts = Json.mapper().createArrayNode();
        URI file = world.desk.host("form.pdf", "application/pdf", new byte[0], "");
        media(parts).put("url", file.toString());
        says(note, parts);
        assertThat(failed(note).json().at("/data/detail").asText())
                .isEqualTo("a file of the message was not sent: it is empty");
    }

    @Test
    @DisplayName("a page in place of a PDF, such as that of a login, is not sent")
    void pageInPlaceOfAFileShouldFail() {
        Note note = asks("+49300101", "the manual?");
        ArrayNode parts = Json.mapper().createArrayNode();
        byte[] page = "<html>log in</html>".getBytes(StandardCharsets.UTF_8);
        media(parts)
                .put("url", world.desk.host("login.pdf", "text/html", page, "").toString());
        says(note, parts);
        assertThat(failed(note).json().at("/data/detail").asText()).contains("a web page instead of the file");
        assertThat(world.delivered("sms", "+49300101")).isEmpty();
    }

    @Test
    @DisplayName("a file of the desk's own, by plain http in our own network and with its credentials, is sent")
    void fileOfTheDesksOwnShouldBeFetched() throws Exception {
        byte[] bytes = "%PDF own".getBytes(StandardCharsets.UTF_8);
        URI file = world.desk.host("own.pdf", "application/pdf", bytes, "Bearer of the files");
        Note note = asks("+49300102", "the contract?");
        ArrayNode parts = Json.mapper().createArrayNode();
        media(parts).put("url", file.toString());
        says(note, parts);
        assertThat(stored(note)).isEqualTo(bytes);
    }

    @Test
    @DisplayName("a file may come whole in the message")
    void inlineFileShouldBeStoredAndSent() throws Exception {
        byte[] bytes = new byte[100_000];
        new Random(7).nextBytes(bytes);
        Note note = asks("+49300103", "the photo?");
        ArrayNode parts = Json.mapper().createArrayNode();
        media(parts).put("data", Base64.getEncoder().encodeToString(bytes));
        says(note, parts);
        assertThat(stored(note)).isEqualTo(bytes);
    }

    private static Note asks(String customer, String text) {
        world.writes("sms", customer, text);
        return world.note("sms", text);
    }

    private static ObjectNode media(ArrayNode parts) {
        return parts.addObject().put("type", "media").put("media", "file").put("mimeType", "application/pdf");
    }

    private static void says(Note note, ArrayNode parts) {
        assertThat(world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", parts))
                .isEqualTo(200);
    }

    private static Note inPart(Note note) {
        World.await("word of the file", () -> updates(note, "sent").anyMatch(AgentsFileTest::hasNotes));
        return updates(note, "sent")
                .filter(AgentsFileTest::hasNotes)
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasNotes(Note note) {
        return !note.json().at("/data/notes").isEmpty();
    }

    private static Note failed(Note note) {
        World.await(
                "word at the desk", () -> updates(note, "failed").findFirst().isPresent());
        return updates(note, "failed").findFirst().orElseThrow();
    }

    private static Stream<Note> updates(Note note, String status) {
        return world.desk.notes().stream()
                .filter(news -> news.type().equals("delivery.updated"))
                .filter(news -> news.conversation().equals(note.conversation()))
                .filter(news -> news.json().at("/data/message/status").asText().equals(status));
    }

    /** The bytes behind the link of the only file that was sent in a conversation. */
    private static byte[] stored(Note note) throws Exception {
        World.await("that it was sent", () -> updates(note, "sent").findFirst().isPresent());
        String link = updates(note, "sent")
                .findFirst()
                .orElseThrow()
                .json()
                .at("/data/message/parts/0/url")
                .asText();
        HttpRequest request = HttpRequest.newBuilder(URI.create(link)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
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
