// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.deadletter.DeadLetterSelection;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.facebook.FacebookSimulator;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import io.dragoman.store.DeadLetters.DeadLetter;
import io.dragoman.store.DeadLetters.Filter;
import io.dragoman.store.Ledger;
import io.dragoman.store.blob.MediaFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Meta app posts the messages of all its numbers to one address. */
final class SharedAddressTest {
    private static final String OTHER = "779";
    private static final String STRANGER = "881";
    private static final DeadLetterSelection EVERYTHING = new DeadLetterSelection(null, null, null, null, null);

    @TempDir
    private Path home;

    @Test
    @DisplayName("a message for another number of the app reaches that number's channel, once")
    void otherNumberShouldReachItsOwnChannel() throws Exception {
        try (World world = new World(home, "off", channel("wa-other", OTHER, Map.of()))) {
            Provider provider = new Provider(world);
            assertThat(provider.signed("wa", webhook(message(OTHER, "wamid.1", "hello 779"))))
                    .isEqualTo(200);
            assertThat(provider.signed("wa", webhook(message(OTHER, "wamid.1", "hello 779"))))
                    .isEqualTo(200);
            world.note("wa-other", "hello 779");
            assertThat(world.received("wa")).isEmpty();
            assertThat(world.received("wa-other")).hasSize(1);
            assertThat(dead(world)).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "a message for a number that nobody here has is a dead event that names it, and replays once it is here")
    void unknownNumberShouldBeADeadEvent() throws Exception {
        try (World world = new World(home, "off", "")) {
            Provider provider = new Provider(world);
            String own = world.whatsapp.settings().get("phoneNumberId");
            assertThat(provider.signed(
                            "wa", webhook(message(STRANGER, "wamid.2", "lost?"), message(own, "wamid.3", "mine"))))
                    .isEqualTo(200);
            world.note("wa", "mine");
            assertThat(dead(world)).singleElement().satisfies(deadLetter -> assertThat(deadLetter.reason())
                    .contains("phoneNumberId", STRANGER));
            Ledger.Hour line = hour(world);
            assertThat(line.accepted()).isEqualTo(2);
            assertThat(line.dead()).isEqualTo(1);
            assertThat(line.difference()).isZero();
        }
        try (World world = new World(home, "off", channel("wa-late", STRANGER, Map.of()))) {
            DeadLetterService.Done done =
                    deadLetters(world).replay(EVERYTHING, false, 100, Actor.commandLine("tester"));
            assertThat(done.done()).isEqualTo(1);
            world.note("wa-late", "lost?");
            assertThat(dead(world)).isEmpty();
            assertThat(world.received("wa")).as("known already").hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    @DisplayName("a channel whose secret does not prove the request gets nothing of it")
    void otherSecretShouldGetNothing() throws Exception {
        String channel = channel("wa-foreign", OTHER, Map.of("appSecret", "the secret of another app"));
        try (World world = new World(home, "off", channel)) {
            assertThat(new Provider(world).signed("wa", webhook(message(OTHER, "wamid.4", "forged?"))))
                    .isEqualTo(200);
            TestGateway.await("the dead event", () -> dead(world).size() == 1);
            assertThat(world.received("wa-foreign")).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "a page's comments reach the channel for them by the address of its conversations, and the other way round")
    void siblingsShouldShareOneAddress() throws Exception {
        String page;
        try (FacebookSimulator simulator = new FacebookSimulator(0)) {
            page = simulator.settings().get("pageId");
            Map<String, String> settings = new HashMap<>(simulator.settings());
            settings.put("backfill", "off");
            try (World world = new World(home, "off", YamlText.account("private", "messenger", settings))) {
                Provider provider = new Provider(world);
                String comment =
                        "{\"id\":\"" + page + "\",\"changes\":[{\"field\":\"feed\",\"value\":{\"item\":\"comment\","
                                + "\"verb\":\"add\",\"post_id\":\"1_1\",\"comment_id\":\"1_2\",\"from\":{\"id\":\"7\"},"
                                + "\"message\":\"in public\"}}]}";
                String message = "{\"id\":\"" + page
                        + "\",\"messaging\":[{\"sender\":{\"id\":\"P\"},\"recipient\":{\"id\":\"" + page
                        + "\"},\"timestamp\":1790000000123,\"message\":{\"mid\":\"m_1\",\"text\":\"in private\"}}]}";
                assertThat(provider.signed("page", page(comment))).isEqualTo(200);
                assertThat(provider.signed("feed", page(message))).isEqualTo(200);
                assertThat(provider.signed("feed", page(message))).isEqualTo(200);
                assertThat(provider.signed("page", page(comment, message))).isEqualTo(200);
                world.note("feed", "in public");
                world.note("private", "in private");
                assertThat(world.received("feed")).hasSize(1);
                assertThat(world.received("private")).hasSize(1);
                assertThat(world.received("page")).isEmpty();
                assertThat(dead(world)).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("comments of a page without a channel for them are ignored by name")
    void commentsWithoutAChannelShouldBeIgnored() throws Exception {
        try (World world = new World(home, "off", "")) {
            String page = world.messenger.settings().get("pageId");
            assertThat(new Provider(world)
                            .signed(
                                    "page",
                                    page("{\"id\":\"" + page + "\",\"changes\":[{\"field\":\"feed\",\"value\":{}}]}")))
                    .isEqualTo(200);
            TestGateway.await(
                    "it to be counted",
                    () -> world.gateway().store().read(tx -> tx.ledger().since(Instant.EPOCH)).stream()
                            .anyMatch(line -> line.channel().equals("page") && line.ignored() == 1));
        }
    }

    private static String page(String... entries) {
        return "{\"object\":\"page\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private static String channel(String id, String number, Map<String, String> changes) {
        try (WhatsAppSimulator simulator = new WhatsAppSimulator(0)) {
            Map<String, String> settings = new HashMap<>(simulator.settings());
            settings.put("phoneNumberId", number);
            settings.putAll(changes);
            return YamlText.account(id, "whatsapp", settings);
        }
    }

    private static List<DeadLetter> dead(World world) {
        return world.gateway().store().read(tx -> tx.deadLetters().latest(Filter.ALL, 10));
    }

    private static Ledger.Hour hour(World world) {
        return world.gateway().store().read(tx -> tx.ledger().since(Instant.EPOCH)).stream()
                .filter(line -> line.channel().equals("wa"))
                .findFirst()
                .orElseThrow();
    }

    private static DeadLetterService deadLetters(World world) {
        List<ConfiguredAccount> accounts =
                world.gateway().setup().accounts().all().toList();
        return new DeadLetterService(
                world.gateway().store(),
                () -> accounts,
                MediaFiles.readOnly(
                        world.gateway().setup().settings().store().data().resolve("media")),
                world.gateway()::newId,
                new AuditTrail(world.gateway().store(), world.gateway()::newId, world.clock),
                world.clock);
    }

    private static String webhook(String... changes) {
        return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":["
                + String.join(",", changes) + "]}]}";
    }

    private static String message(String number, String id, String text) {
        return "{\"field\":\"messages\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
                + "{\"display_phone_number\":\"49301\",\"phone_number_id\":\"" + number + "\"},"
                + "\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"491701\"}],"
                + "\"messages\":[{\"from\":\"491701\",\"id\":\"" + id + "\",\"timestamp\":\"1795000000\","
                + "\"type\":\"text\",\"text\":{\"body\":\"" + text + "\"}}]}}";
    }
}
