// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.ApiDocument;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.store.Events;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The JSON of docs/webhook-desk.md is what the gateway writes and takes, and the OpenAPI document describes both. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class WebhookDeskPageTest {
    private static final Page PAGE = Page.read(Path.of("docs/webhook-desk.md"));

    /** What no desk gets that does not ask for it: VisitorTypingTest has it. */
    private static final String TYPING = "conversation.typing";

    private static final String HANDED_OVER = "conversation.handed-over";

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
    @Order(1)
    @DisplayName("every event that a desk can get is on the page, as it is written")
    void eventsShouldBeAsOnThePage() {
        everythingHappens();
        List<String> types =
                Stream.of(DeskNotice.Type.values()).map(DeskNotice.Type::word).toList();
        assertThat(PAGE.headings("What you get"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(types.stream(), Stream.of(TYPING)).toList());
        List<String> differences = new ArrayList<>();
        for (String type : types) {
            JsonNode example = json(PAGE.blocks("What you get", type, "json").get(0));
            compare(type, example, real(type), differences);
        }
        assertThat(differences).isEmpty();
    }

    @Test
    @DisplayName("the reasons and the kinds of author on the page are all that there are")
    void wordsShouldBeOnThePage() throws Exception {
        String page = Files.readString(Path.of("docs/webhook-desk.md"));
        String section = page.substring(page.indexOf("### delivery.updated"), page.indexOf("### conversation.updated"));
        assertThat(section.lines().filter(line -> line.startsWith("| `")).map(line -> line.split("`")[1]))
                .containsExactlyElementsOf(Words.all(Reason.class));
        String authors = page.lines()
                .filter(line -> line.startsWith("`message.author.kind` is "))
                .findFirst()
                .orElseThrow();
        assertThat(Pattern.compile("`([a-z]+)`").matcher(authors).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(Words.all(Message.Author.Kind.class));
    }

    @Test
    @Order(2)
    @DisplayName("every event that was sent is as the OpenAPI document says")
    void eventsShouldBeAsDescribed() {
        assertThat(ApiDocument.document().path("webhooks").properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of(DeskNotice.Type.values()).map(DeskNotice.Type::word), Stream.of(TYPING))
                                .toList());
        TreeSet<String> seen = new TreeSet<>();
        for (Note note : world.desk.notes()) {
            String schema = "/webhooks/" + note.type() + "/post/requestBody/content/application~1json/schema";
            assertThat(ApiDocument.problems(schema, note.json()))
                    .as(note.body())
                    .isEmpty();
            seen.add(note.type());
        }
        assertThat(seen).hasSameSizeAs(DeskNotice.Type.values());
    }

    @Test
    @Order(3)
    @DisplayName("what the page says that a desk may post is taken and done")
    void examplesShouldBeTaken() {
        world.writes("tg", "Zoe", "where is my parcel?");
        Note note = world.note("tg", "where is my parcel?");
        World.await("the reference", () -> reference(note).equals(note.id()));
        int number = 0;
        for (String type : PAGE.headings("What you post")) {
            for (String block : PAGE.blocks("What you post", type, "json")) {
                String body = block.replace("CONVERSATION", note.conversation())
                        .replace("REFERENCE", note.id())
                        .replace("MESSAGE", note.json().at("/data/message/id").asText());
                String schema = "/paths/~1desks~1{id}/post/requestBody/content/application~1json/schema";
                assertThat(ApiDocument.problems(schema, json(body))).as(body).isEmpty();
                String key = "page-" + number++;
                assertThat(world.desk.tell(world.callback("helpdesk"), key, body))
                        .isEqualTo(200);
                if (type.equals("agent.typing")) {
                    assertThat(event(key)).as("it is in no store").isEmpty();
                    continue;
                }
                World.await("the end of it", () -> state(key) != Events.State.NEW);
                // this desk is no bot: BotDeskTest has one
                Events.State end = type.equals(HANDED_OVER) ? Events.State.IGNORED : Events.State.DONE;
                assertThat(state(key)).as(body).isEqualTo(end);
            }
        }
        assertThat(number).isGreaterThanOrEqualTo(5);
        World.await("the answers", () -> world.delivered("tg", "Zoe").size() == 3);
        assertThat(world.delivered("tg", "Zoe").subList(0, 2)).containsExactly("On its way.", "Here is your invoice.");
        Conversation after = world.gateway()
                .store()
                .read(tx -> tx.conversations().find(note.conversation()))
                .orElseThrow()
                .conversation();
        assertThat(after.status()).isEqualTo(Conversation.State.OPEN);
        assertThat(after.assignee()).isEqualTo("mara");
        assertThat(after.tags()).containsExactly("vip");
        assertThat(after.priority()).isEqualTo(Conversation.Priority.HIGH);
    }

    private static void everythingHappens() {
        Provider provider = new Provider(world);
        String ana = "\"chat\":{\"id\":7001,\"type\":\"private\",\"first_name\":\"Ana\"},\"from\":"
                + "{\"id\":7001,\"is_bot\":false,\"first_name\":\"Ana\",\"language_code\":\"en\"},\"date\":" + now();
        provider.signed(
                "tg",
                "{\"update_id\":901,\"message\":{\"message_id\":1," + ana + ",\"caption\":\"I want my money back\","
                        + "\"document\":{\"file_id\":\"" + world.telegram.keepsFile(new byte[48_211])
                        + "\",\"file_unique_id\":\"u1\",\"file_name\":\"receipt.pdf\","
                        + "\"mime_type\":\"application/pdf\",\"file_size\":48211}}}");
        World.await("the message", () -> !notes("message.received").isEmpty());

        world.writes("tg", "Ben", "first words");
        Note ben = world.note("tg", "first words");
        world.telegram.customerEdits(world.callback("tg"), "Ben", "better words");
        World.await("the edit", () -> !notes("message.edited").isEmpty());
        world.desk.agentReplies(world.callback("helpdesk"), ben.conversation(), "Mara", "It is on its way.");
        World.await("the answer", () -> !notes("delivery.updated").isEmpty());
        world.telegram.customerReacts(world.callback("tg"), "Ben", "👍");
        World.await("the reaction", () -> !notes("message.reaction").isEmpty());

        String business = ",\"date\":" + now() + ",\"business_connection_id\":\"b1\",\"chat\":{\"id\":7411,"
                + "\"type\":\"private\",\"first_name\":\"Eve\"},\"from\":{\"is_bot\":false,\"first_name\":\"X\",\"id\":";
        provider.signed(
                "tg",
                "{\"update_id\":902,\"business_message\":{\"message_id\":11,\"text\":\"open?\"" + business + "7411}}}");
        world.note("tg", "open?");
        provider.signed(
                "tg",
                "{\"update_id\":903,\"business_message\":{\"message_id\":12,\"text\":\"until six\"" + business
                        + "7999}}}");
        World.await("the owner's answer", () -> !notes("message.sent").isEmpty());
        provider.signed(
                "tg",
                "{\"update_id\":904,\"deleted_business_messages\":{\"business_connection_id\":\"b1\",\"chat\":"
                        + "{\"id\":7411,\"type\":\"private\",\"first_name\":\"Eve\"},\"message_ids\":[11]}}");
        World.await("the deletion", () -> !notes("message.deleted").isEmpty());

        world.desk.tell(
                world.callback("helpdesk"),
                "file-404",
                "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"" + ben.conversation()
                        + "\"},\"author\":{\"name\":\"Mara\"},\"message\":{\"parts\":[{\"type\":\"media\","
                        + "\"mimeType\":\"application/pdf\",\"url\":\"" + world.desk.baseUrl() + "/files/none\"}]}}}");
        World.await("the failure", () -> notes("delivery.updated").stream().anyMatch(WebhookDeskPageTest::failed));
        closedByTheApi(ben.conversation());
        World.await("the closing", () -> !notes("conversation.updated").isEmpty());
    }

    private static void closedByTheApi(String conversation) {
        assertThat(new Operator(world).post("conversations/" + conversation + "/close", ""))
                .isEqualTo(202);
    }

    private static boolean failed(Note note) {
        return note.json().at("/data/message/status").asText().equals("failed");
    }

    private static JsonNode real(String type) {
        return notes(type).stream()
                .filter(note -> !type.equals("delivery.updated") || failed(note))
                .findFirst()
                .orElseThrow()
                .json();
    }

    private static List<Note> notes(String type) {
        return world.desk.notes().stream()
                .filter(note -> note.type().equals(type))
                .toList();
    }

    private static String reference(Note note) {
        return world.gateway()
                .store()
                .read(tx -> tx.conversationDesks().reference(note.conversation(), "helpdesk"))
                .orElse("");
    }

    private static Events.State state(String key) {
        return event(key).orElseThrow().state();
    }

    private static Optional<Events.Stored> event(String key) {
        return world.gateway().store().read(tx -> tx.events().find("helpdesk", key));
    }

    private static long now() {
        return world.clock.instant().getEpochSecond();
    }

    /** Names and types of all fields; an object with an ellipsis shows some of them. */
    private static void compare(String at, JsonNode example, JsonNode real, List<String> differences) {
        if (example.getNodeType() != real.getNodeType()) {
            differences.add(at + " is " + example.getNodeType() + " on the page, " + real.getNodeType() + " in fact");
        } else if (example.isArray()) {
            for (int i = 0; i < Math.min(example.size(), real.size()); i++) {
                compare(at + "/" + i, example.get(i), real.get(i), differences);
            }
        } else if (example.isObject()) {
            boolean some = example.has("…");
            TreeSet<String> names = new TreeSet<>();
            example.fieldNames().forEachRemaining(names::add);
            if (!some) {
                real.fieldNames().forEachRemaining(names::add);
            }
            names.remove("…");
            for (String name : names) {
                if (!example.has(name) || !real.has(name)) {
                    differences.add(at + "/" + name + " is only " + (real.has(name) ? "in fact" : "on the page"));
                } else {
                    compare(at + "/" + name, example.get(name), real.get(name), differences);
                }
            }
        } else if (at.endsWith("/type") || at.endsWith("/kind") || at.endsWith("/direction")) {
            if (!at.contains("conversation") && !example.equals(real)) {
                differences.add(at + " is " + example + " on the page, " + real + " in fact");
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
