// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.store.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Messenger tells beside a customer's own words, up to the desk. */
final class MessengerNewsTest {
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
    @DisplayName("a customer has got, and read, all that was sent until a time, and nothing later")
    void watermarkShouldReachAllBeforeIt() {
        String conversation = asked("watermark", "are you there?");
        String first = answered(conversation, "watermark", "yes");
        String second = answered(conversation, "watermark", "how can we help?");
        Instant until = Instant.now();
        String third = answered(conversation, "watermark", "still there?");
        reached("watermark", "delivery", until);
        World.await("both delivered", () -> status(second) == Status.DELIVERED && status(first) == Status.DELIVERED);
        reached("watermark", "read", until);
        World.await("both read", () -> status(second) == Status.READ && status(first) == Status.READ);
        reached("watermark", "delivery", until.plusMillis(1));
        processed("delivered|watermark|" + until.plusMillis(1).toEpochMilli());
        assertThat(status(first)).as("never a step back").isEqualTo(Status.READ);
        assertThat(status(third)).as("sent later").isEqualTo(Status.SENT);
        World.await("word of it at the desk", () -> updates(first).contains("read"));
        assertThat(updates(first)).containsExactly("sent", "delivered", "read");
    }

    @Test
    @DisplayName("what is read while its answer is on the way is known as read")
    void watermarkOfWhatIsBeingSentShouldBeKept() {
        String conversation = asked("hasty", "quick question");
        world.messenger.listen(line -> {
            if (line.equals("hasty gets: read before it is known")) {
                Instant until = Instant.now().plusSeconds(1);
                reached("hasty", "read", until);
                processed("read|hasty|" + until.toEpochMilli());
            }
        });
        try {
            String id = answered(conversation, "hasty", "read before it is known");
            World.await("that it was read", () -> status(id) == Status.READ);
        } finally {
            world.messenger.listen(line -> {});
        }
    }

    @Test
    @DisplayName("a watermark of nobody's messages is ignored by name")
    void watermarkOfStrangersShouldBeIgnored() {
        Instant until = Instant.now();
        reached("stranger", "read", until);
        processed("read|stranger|" + until.toEpochMilli());
        assertThat(stored("read|stranger|" + until.toEpochMilli()).state()).isEqualTo(Events.State.IGNORED);
    }

    @Test
    @DisplayName(
            "what the business answers in the page's inbox stands in the conversation; what we sent is not told again")
    void echoesShouldBeTheOthers() {
        String conversation = asked("inbox", "still open?");
        world.messenger.echoTo(world.callback("page"));
        answered(conversation, "inbox", "I ask my colleague");
        assertThat(world.messenger.inboxAnswers(world.callback("page"), "inbox", "until six"))
                .isEqualTo(200);
        World.await("the echo at the desk", () -> !sent(conversation).isEmpty());
        world.messenger.echoTo(world.url.resolve("/nowhere"));
        assertThat(sent(conversation)).singleElement().satisfies(note -> {
            JsonNode message = note.json().at("/data/message");
            assertThat(message.at("/parts/0/text").asText()).isEqualTo("until six");
            assertThat(message.at("/author/kind").asText()).isEqualTo("phone");
        });
    }

    @Test
    @DisplayName("a customer sees that their message was seen, and has a day to be answered")
    void messageShouldBeMarkedAndHaveItsWindow() {
        world.writes("page", "window", "hello");
        Note note = world.note("page", "hello");
        World.await("the mark", () -> world.messenger.seen().contains("window"));
        Instant until =
                Instant.parse(note.json().at("/data/conversation/replyUntil").asText());
        Instant sent = Instant.parse(note.json().at("/data/message/sentAt").asText());
        assertThat(Duration.between(sent, until)).isEqualTo(Duration.ofHours(24));
    }

    @Test
    @DisplayName("a picture is fetched from where Meta keeps it")
    void pictureShouldBeFetched() {
        world.messenger.customerSends(world.callback("page"), "picture", "image", new byte[] {(byte) 0xff, 1, 2});
        World.await("the picture at the desk", () -> world.received("page").stream()
                .map(note -> note.json().at("/data/message/parts/0"))
                .anyMatch(part -> part.path("size").asInt() == 3
                        && part.path("mimeType").asText().equals("image/jpeg")));
    }

    private static String asked(String customer, String text) {
        world.writes("page", customer, text);
        return world.note("page", text).conversation();
    }

    /** The page's id of an agent's answer, once it is known to have been sent. */
    private static String answered(String conversation, String customer, String text) {
        assertThat(world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", text))
                .isEqualTo(200);
        World.await("the answer", () -> world.delivered("page", customer).contains(text));
        String id = world.messenger.delivered().stream()
                .filter(delivered -> delivered.content().equals(text))
                .findFirst()
                .orElseThrow()
                .id();
        World.await("its status", () -> status(id) != Status.QUEUED);
        return id;
    }

    private static void reached(String customer, String what, Instant until) {
        assertThat(world.messenger.reached(world.callback("page"), customer, what, until.toEpochMilli()))
                .isEqualTo(200);
    }

    private static List<Note> sent(String conversation) {
        return world.desk.notes().stream()
                .filter(note -> note.type().equals("message.sent")
                        && note.conversation().equals(conversation))
                .toList();
    }

    private static List<String> updates(String externalId) {
        String id = message(externalId).id();
        return world.desk.notes().stream()
                .filter(note -> note.type().equals("delivery.updated"))
                .map(note -> note.json().at("/data/message"))
                .filter(message -> message.path("id").asText().equals(id))
                .map(message -> message.path("status").asText())
                .toList();
    }

    private static Status status(String externalId) {
        return world.gateway()
                .store()
                .read(tx -> tx.messages().byExternalId("page", externalId))
                .map(Message::status)
                .orElse(Status.QUEUED);
    }

    private static Message message(String externalId) {
        return world.gateway()
                .store()
                .read(tx -> tx.messages().byExternalId("page", externalId))
                .orElseThrow();
    }

    private static Events.Stored stored(String key) {
        return world.gateway().store().read(tx -> tx.events().find("page", key)).orElseThrow();
    }

    private static void processed(String key) {
        World.await("the journey of " + key, () -> stored(key).state() != Events.State.NEW);
    }
}
