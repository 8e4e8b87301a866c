// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.store.Events;
import io.dragoman.store.ReadAccess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Telegram tells beside plain messages in private chats, up to the desk and back. */
final class TelegramNewsTest {
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
    @DisplayName("each person who writes to a channel has a conversation, and is answered in their own topic")
    void directMessagesShouldBeAConversationForEachPerson() {
        for (String person : List.of("Ida", "Jon")) {
            world.telegram.customerWritesToChannel(world.callback("tg"), "Bike news", person, "I am " + person);
        }
        Note ida = world.note("tg", "I am Ida");
        Note jon = world.note("tg", "I am Jon");
        assertThat(ida.conversation()).isNotEqualTo(jon.conversation());
        answer(ida, "hello Ida");
        answer(jon, "hello Jon");
        World.await(
                "both answers",
                () -> world.delivered("tg", "Ida").equals(List.of("hello Ida"))
                        && world.delivered("tg", "Jon").equals(List.of("hello Jon")));
    }

    @Test
    @DisplayName("a group that became a supergroup keeps its conversation, also for what was written before")
    void movedGroupShouldKeepItsConversation() throws Exception {
        world.telegram.customerWritesInGroup(world.callback("tg"), "Friends", "Ana", "before the move");
        Note before = world.note("tg", "before the move");
        long former = world.telegram.chatOf("Friends");
        assertThat(world.telegram.groupMoves(world.callback("tg"), "Friends")).isEqualTo(200);
        world.telegram.customerWritesInGroup(world.callback("tg"), "Friends", "Ana", "after the move");
        Note after = world.note("tg", "after the move");
        assertThat(after.conversation()).isEqualTo(before.conversation());

        String late =
                "{\"update_id\":501,\"message\":{\"message_id\":900,\"date\":" + now() + ",\"text\":\"sent before\","
                        + "\"chat\":{\"id\":" + former + ",\"type\":\"group\",\"title\":\"Friends\"},"
                        + "\"from\":{\"id\":7799,\"is_bot\":false,\"first_name\":\"Cy\"}}}";
        assertThat(new Provider(world).signed("tg", late)).isEqualTo(200);
        assertThat(world.note("tg", "sent before").conversation()).isEqualTo(before.conversation());
        answer(before, "welcome there");
        World.await("the answer", () -> world.delivered("tg", "Friends").equals(List.of("welcome there")));
    }

    @Test
    @DisplayName("a group of which only the old chat tells that it moved keeps its conversation too")
    void groupThatOnlyLeavesShouldKeepItsConversation() {
        Provider provider = new Provider(world);
        provider.signed("tg", group(511, -55, "\"text\":\"in the group\""));
        Note before = world.note("tg", "in the group");
        provider.signed("tg", group(512, -55, "\"migrate_to_chat_id\":-10055"));
        provider.signed("tg", group(513, -10055, "\"text\":\"in the supergroup\""));
        assertThat(world.note("tg", "in the supergroup").conversation()).isEqualTo(before.conversation());
        String address = read().read(tx -> tx.conversations().find(before.conversation()))
                .orElseThrow()
                .conversation()
                .address();
        assertThat(address).isEqualTo("-10055");
    }

    @Test
    @DisplayName("who blocks the bot has opted out until they unblock it")
    void blockingShouldBeConsent() {
        world.writes("tg", "Bea", "first");
        Note first = world.note("tg", "first");
        assertThat(world.telegram.customerBlocks(world.callback("tg"), "Bea")).isEqualTo(200);
        String contact = first.json().at("/data/contact/id").asText();
        World.await("the consent", () -> read().read(tx -> tx.contacts().optedOut("tg", contact)));
        answer(first, "not to be sent");
        World.await("word that it was not sent", () -> world.desk.notes().stream()
                .filter(note -> note.type().equals("delivery.updated"))
                .filter(note -> note.conversation().equals(first.conversation()))
                .anyMatch(
                        note -> note.json().at("/data/message/reason").asText().equals("recipient-opted-out")));
        world.writes("tg", "Bea", "I am back");
        world.note("tg", "I am back");
        answer(first, "welcome back");
        World.await("the answer", () -> world.delivered("tg", "Bea").equals(List.of("welcome back")));
    }

    @Test
    @DisplayName("what the owner of a business account answers stands in the conversation")
    void ownersAnswerShouldBeSeen() {
        String chat = ",\"date\":" + now() + ",\"business_connection_id\":\"b1\",\"chat\":{\"id\":7411,"
                + "\"type\":\"private\",\"first_name\":\"Eve\"},\"from\":{\"is_bot\":false,\"first_name\":\"X\",\"id\":";
        Provider provider = new Provider(world);
        provider.signed(
                "tg",
                "{\"update_id\":531,\"business_message\":{\"message_id\":1,\"text\":\"open?\"" + chat + "7411}}}");
        Note asked = world.note("tg", "open?");
        provider.signed(
                "tg",
                "{\"update_id\":532,\"business_message\":{\"message_id\":2,\"text\":\"until six\"" + chat + "7999}}}");
        World.await("the owner's answer", () -> sent().size() == 1);
        JsonNode message = sent().get(0).json().at("/data/message");
        assertThat(message.path("conversation").asText()).isEqualTo(asked.conversation());
        assertThat(message.at("/author/kind").asText()).isEqualTo("phone");
        assertThat(message.at("/parts/0/text").asText()).isEqualTo("until six");
    }

    @Test
    @DisplayName("what is ignored says what it was, without going through the journey")
    void ignoredUpdateShouldNameItself() {
        Provider provider = new Provider(world);
        String query = "{\"update_id\":541,\"inline_query\":{\"id\":\"1\",\"query\":\"private words\"}}";
        assertThat(provider.signed("tg", query)).isEqualTo(200);
        assertThat(provider.signed("tg", query)).isEqualTo(200);
        Events.Stored stored = read().read(tx -> tx.events().find("tg", "541")).orElseThrow();
        assertThat(stored.state()).isEqualTo(Events.State.IGNORED);
        assertThat(stored.reason()).isEqualTo("telegram.inline_query: it is written in another chat, for suggestions");
        assertThat(stored.attempts()).isZero();
        assertThat(stored.duplicates()).isEqualTo(1);
    }

    private static ReadAccess read() {
        return world.gateway().store();
    }

    private static List<Note> sent() {
        return world.desk.notes().stream()
                .filter(note -> note.type().equals("message.sent"))
                .toList();
    }

    private static String group(int update, long chat, String content) {
        return "{\"update_id\":" + update + ",\"message\":{\"message_id\":" + update + ",\"date\":" + now()
                + ",\"chat\":{\"id\":" + chat + ",\"type\":\"group\",\"title\":\"G\"},"
                + "\"from\":{\"id\":7798,\"is_bot\":false,\"first_name\":\"Di\"}," + content + "}}";
    }

    private static long now() {
        return world.clock.instant().getEpochSecond();
    }

    private static void answer(Note note, String text) {
        assertThat(world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", text))
                .isEqualTo(200);
    }
}
