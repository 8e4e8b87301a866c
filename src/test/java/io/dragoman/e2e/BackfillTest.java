// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.Tally;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.store.Events;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks fail and nobody repeats them: a backfill finds what they would have brought, once and in order. */
final class BackfillTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/channels/sms");
    private static final String ANA = "+4917000001";

    @TempDir
    private Path home;

    @Test
    void textsWhoseWebhookFailedAreFoundOnceAndInOrder() throws Exception {
        try (World world = new World(home, "1s", "")) {
            World.await("the first look", () -> !position(world, "sms").isEmpty());
            List<String> texts = new ArrayList<>();
            write(world, texts, world.callback("sms"), 2);
            write(world, texts, NOWHERE, 5);
            world.clock.move(Duration.ofMinutes(2)); // all of it is old enough to be missed
            world.restart();
            World.await("the backfill at the start", () -> world.received("sms").size() == 7);
            write(world, texts, NOWHERE, 5);
            World.await(
                    "a backfill of the schedule", () -> world.received("sms").size() == 12);
            world.restart();
            write(world, texts, world.callback("sms"), 1);
            String last = texts.get(12);
            world.note("sms", last);
            assertThat(stored(world)).allSatisfy(event -> assertThat(List.of(event.duplicates(), event.differing()))
                    .as("what a backfill sees again is nobody's repetition")
                    .containsExactly(0, 0));
            Tally.of(texts, texts(world, "sms")).demandZeros("backfill, 10 of these without a webhook, 2 restarts");
        }
    }

    @Test
    void whatAPageWasWrittenWithoutAWebhookIsFoundOnceAndInOrder() throws Exception {
        try (World world = new World(home, "1s", "")) {
            World.await("the first look", () -> !position(world, "page").isEmpty());
            world.messenger.customerWrites(world.callback("page"), "ana", "message 0");
            world.messenger.customerWrites(NOWHERE, "ana", "message 1");
            world.messenger.customerWrites(NOWHERE, "bea", "of another");
            world.messenger.customerWrites(NOWHERE, "ana", "message 2");
            world.messenger.inboxAnswers(NOWHERE, "ana", "an answer of the business");
            world.clock.move(Duration.ofMinutes(2));
            world.restart();
            World.await("the backfill", () -> world.received("page").size() == 4);
            world.restart();
            world.messenger.customerWrites(world.callback("page"), "ana", "message 3");
            world.note("page", "message 3");
            assertThat(texts(world, "page").stream().filter(text -> text.startsWith("message")))
                    .containsExactly("message 0", "message 1", "message 2", "message 3");
            assertThat(texts(world, "page")).hasSize(5).contains("of another");
        }
    }

    @Test
    void aWebhookThatComesAfterTheBackfillIsAnOrdinaryDuplicate() throws Exception {
        try (World world = new World(home, "1s", "")) {
            World.await("the first look", () -> !position(world, "sms").isEmpty());
            world.twilio.customerWrites(NOWHERE, ANA, "late");
            world.clock.move(Duration.ofMinutes(2));
            world.restart();
            world.note("sms", "late");
            String sid = stored(world).get(0).key();
            int status = new Provider(world)
                    .form(Map.of(
                            "MessageSid",
                            sid,
                            "From",
                            ANA,
                            "To",
                            "+15550100",
                            "Body",
                            "late",
                            "SmsStatus",
                            "received"));
            assertThat(status).isEqualTo(200);
            assertThat(stored(world)).singleElement().satisfies(event -> {
                assertThat(event.duplicates()).isEqualTo(1);
                assertThat(event.differing()).isZero();
            });
            assertThat(world.received("sms")).hasSize(1);
        }
    }

    @Test
    void updatesThatWaitWhileABotHasNoWebhookAreTakenAndItIsSaid() throws Exception {
        try (World world = new World(home, "1s", "")) {
            world.writes("tg", "Ana", "by webhook");
            world.note("tg", "by webhook");
            world.telegram.webhook(null);
            for (int i = 0; i < 5; i++) {
                world.telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "waiting " + i);
                if (i == 2) {
                    world.restart();
                }
            }
            World.await("all that waited", () -> world.received("tg").size() == 6);
            World.await("word of it", () -> problem(world).contains("no webhook"));
            world.telegram.webhook(world.callback("tg"));
            World.await("the end of the trouble", () -> problem(world).isEmpty());
            world.writes("tg", "Ana", "by webhook again");
            world.note("tg", "by webhook again");
            assertThat(texts(world, "tg"))
                    .containsExactly(
                            "by webhook",
                            "waiting 0",
                            "waiting 1",
                            "waiting 2",
                            "waiting 3",
                            "waiting 4",
                            "by webhook again");
        }
    }

    @Test
    void whatTelegramTriesAgainComesOnce() throws Exception {
        try (World world = new World(home, "1s", "")) {
            for (int i = 0; i < 3; i++) {
                world.telegram.customerWrites(NOWHERE, "Ana", "not taken " + i);
            }
            World.await("word of it", () -> problem(world).contains("3 updates wait at Telegram"));
            assertThat(world.telegram.redelivers()).isZero();
            world.note("tg", "not taken 2");
            assertThat(texts(world, "tg")).containsExactly("not taken 0", "not taken 1", "not taken 2");
        }
    }

    private static void write(World world, List<String> texts, URI callback, int count) {
        for (int i = 0; i < count; i++) {
            String text = "message " + texts.size();
            texts.add(text);
            world.twilio.customerWrites(callback, ANA, text);
        }
    }

    private static String position(World world, String channel) {
        return world.gateway().store().read(tx -> tx.cursors().get(channel));
    }

    private static String problem(World world) {
        var poll = world.gateway().activity().all().get("tg");
        String problem = poll == null ? null : poll.problem();
        return problem == null ? "" : problem;
    }

    private static List<Events.Stored> stored(World world) {
        return world.gateway().store().read(tx -> tx.events().messages(0, "", 100)).stream()
                .filter(event -> event.source().equals("sms"))
                .toList();
    }

    private static List<String> texts(World world, String channel) {
        return world.received(channel).stream().map(Note::text).toList();
    }
}
