// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.approval.ApprovalQueries;
import io.dragoman.app.approval.ApprovalService;
import io.dragoman.app.approval.WaitingAnswer;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.StoryText;
import io.dragoman.store.Approvals.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comment below a Facebook post, through a running gateway. */
final class ListeningTest {
    private static final String LISTENING = """
            streams:
              complaints:
                kinds: [facebook, instagram]
                any: [order, parcel]
                none: [giveaway]
                tags: [complaint]
            unheard: drop
            """;
    private static final String RULES = """
            rules:
              - name: Bad words
                on: comment
                when: {stream: complaints, negative: 2}
                team: care
                priority: high
                note: Somebody is unhappy in public.
                reply: sorry
              - {name: Nobody answers, on: {silence: 1h}, when: {public: true, negative: true}, priority: urgent}
            """;

    @TempDir
    private Path home;

    @Test
    @DisplayName("a comment is heard and escalated, its answer waits, is approved and published once")
    void commentShouldBeEscalatedAndItsAnswerApproved() throws Exception {
        try (World world = new World(home)) {
            Files.writeString(home.resolve("config/listening.yaml"), LISTENING);
            Files.writeString(home.resolve("config/rules.yaml"), RULES);
            Files.writeString(home.resolve("config/replies.yaml"), "replies: {sorry: We are sorry and look into it.}");
            world.restart();
            world.writes("feed", "41", "Nice picture");
            world.writes("feed", "42", "My parcel is broken and you are a scam!");
            JsonNode note = world.note("feed", "My parcel is broken and you are a scam!")
                    .json();
            assertThat(world.received("feed"))
                    .as("what no stream hears is dropped")
                    .hasSize(1);
            JsonNode conversation = note.at("/data/conversation");
            assertThat(conversation.path("tags").toString()).isEqualTo("[\"complaint\"]");
            assertThat(conversation.path("team").asText()).isEqualTo("care");
            assertThat(conversation.path("priority").asText()).isEqualTo("high");
            assertThat(note.at("/data/notes").toString())
                    .contains("Somebody is unhappy in public.", "is not sent until it is approved");

            WaitingAnswer answer = waiting(world).get(0);
            assertThat(answer.question()).contains("My parcel is broken");
            String story = story(world, answer.event());
            assertThat(story)
                    .contains(
                            "the stream complaints hears it: on facebook, 'parcel' found",
                            "score 3: 'broken' (list en, 1), 'scam*' (list en, 2)",
                            "rule Bad words: waiting until");
            world.clock.move(Duration.ofMinutes(61));
            World.await("the escalation", () -> priority(world, answer).equals("URGENT"));
            assertThat(published(world)).isEmpty();

            approve(world, answer.id());
            approve(world, answer.id());
            World.await("the answer", () -> !published(world).isEmpty());
            world.restart();
            World.await("nothing more to send", () -> open(world) == 0);
            assertThat(published(world)).containsExactly("[public] We are sorry and look into it.");
            assertThat(waiting(world)).isEmpty();
        }
    }

    private static List<WaitingAnswer> waiting(World world) {
        return new ApprovalQueries(world.gateway().store())
                .list(State.WAITING, 10)
                .approvals();
    }

    private static void approve(World world, String id) {
        AuditTrail audit = new AuditTrail(world.gateway().store(), world.gateway()::newId, world.clock);
        ApprovalService service =
                new ApprovalService(world.gateway().store(), world.gateway()::newId, audit, world.clock);
        assertThat(service.approve(id, Actor.commandLine("tester"))).isInstanceOf(ApprovalService.Result.Done.class);
    }

    private static List<String> published(World world) {
        return world.delivered("feed", "42");
    }

    private static String priority(World world, WaitingAnswer answer) {
        return world.gateway()
                .store()
                .read(tx -> tx.conversations().find(answer.conversation()))
                .orElseThrow()
                .conversation()
                .priority()
                .name();
    }

    private static long open(World world) {
        return world.gateway().store().read(tx -> tx.timers().waiting());
    }

    private static String story(World world, String id) {
        return StoryText.of(new Explain(world.gateway().store(), source -> false, desk -> false, name -> null)
                .story(id)
                .orElseThrow());
    }
}
