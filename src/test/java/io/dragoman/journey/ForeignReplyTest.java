// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.connector.Request;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.store.Conversations;
import io.dragoman.store.Events;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the store: only the desk that has a conversation, or our own API, speaks in it. */
final class ForeignReplyTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"shop", "other-desk", "gone-channel"})
    void replyOfAStrangerShouldDie(String source) throws Exception {
        try (TestGateway world = new TestGateway(data)) {
            String conversation = conversation(world);
            Event reply = reply(conversation);
            take(world, source, reply);
            TestGateway.await(
                    "the reply's end", () -> event(world, source, reply).state() == Events.State.DEAD);
            assertThat(event(world, source, reply).reason()).contains("no conversation of this desk");
            assertThat(world.channel.sent).isEmpty();
        }
    }

    /** As of a ticket that another gateway, or another program, gave an id of its own. */
    @Test
    void replyInATicketOfAnotherProgramShouldBePassedOver() throws Exception {
        try (TestGateway world = new TestGateway(data)) {
            world.desk.tellsOfOthers = true;
            conversation(world);
            Event reply = reply("c-of-somebody-else");
            take(world, "desk", reply);
            TestGateway.await(
                    "the reply's end", () -> event(world, "desk", reply).state() == Events.State.IGNORED);
            assertThat(event(world, "desk", reply).reason()).contains("never one of a conversation of this desk's");
            assertThat(world.channel.sent).isEmpty();
        }
    }

    @Test
    void replyOfTheDeskShouldArrive() throws Exception {
        try (TestGateway world = new TestGateway(data)) {
            take(world, "desk", reply(conversation(world)));
            TestGateway.await("the reply", () -> world.channel.sent.size() == 1);
        }
    }

    private static String conversation(TestGateway world) {
        world.post("[{\"id\":\"1\",\"from\":\"ana\",\"text\":\"hello\"}]");
        TestGateway.await("the conversation", () -> !recent(world).isEmpty());
        return recent(world).get(0).id();
    }

    private static List<Conversation> recent(TestGateway world) {
        return world.gateway.store().read(tx -> tx.conversations()
                .recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 10));
    }

    private static Event reply(String conversation) {
        return new DeskEvent.AgentReplied(
                "reply", Instant.EPOCH, conversation, List.of(new Part.Text("hi")), "Max", null);
    }

    private static void take(TestGateway world, String source, Event event) {
        Request request = Request.polled("test", Json.bytes(event), Instant.EPOCH);
        Events.Arrived arrived =
                new Events.Arrived(source, request, request.body(), null, "hash", List.of(event), null);
        world.gateway
                .store()
                .write(tx -> tx.events().take(arrived, world.gateway::newId, 1))
                .join();
    }

    private static Events.Stored event(TestGateway world, String source, Event event) {
        return world.gateway
                .store()
                .read(tx -> tx.events().find(source, event.key()))
                .orElseThrow();
    }
}
