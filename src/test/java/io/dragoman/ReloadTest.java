// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Outbound;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels and desks that are added, changed and removed while the gateway runs. */
final class ReloadTest {
    private static final int SENDERS = 4;

    private final Map<String, ConfiguredAccount> channels = new HashMap<>();
    private final Map<String, ConfiguredAccount> desks = new HashMap<>();

    @TempDir
    private Path data;

    @Test
    void anAddedChannelReceivesAndARemovedOneIsUnknown() throws Exception {
        try (TestGateway test = start()) {
            assertThat(post(test, "second", "secret", "1", "ana")).isEqualTo(404);
            channels.put("second", TestGateway.configured("second", test.channel, "secret"));
            reload(test);
            assertThat(post(test, "second", "secret", "1", "ana")).isEqualTo(200);
            assertThat(post(test, "shop", "secret of shop", "2", "bea")).isEqualTo(200);
            TestGateway.await("both", () -> texts(test).containsAll(List.of("1", "2")));

            channels.remove("second");
            reload(test);
            assertThat(post(test, "second", "secret", "3", "ana")).isEqualTo(404);
            assertThat(post(test, "shop", "secret of shop", "4", "bea")).isEqualTo(200);
            TestGateway.await("the last", () -> texts(test).contains("4"));
            assertThat(texts(test)).containsExactlyInAnyOrder("1", "2", "4");
            assertThat(test.admin("GET", "/health/ready", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void newSecretsTakeEffectWhileMessagesComeInAndNothingIsLostOrDoubled() throws Exception {
        try (TestGateway test = start()) {
            Load load = new Load(test, "shop", "secret 0", "secret 1");
            for (int i = 0; i < 12; i++) {
                channels.put("shop", TestGateway.configured("shop", test.channel, "secret " + i % 2));
                reload(test);
                load.taken(load.taken.size() + 40);
                String old = "secret " + (i + 1) % 2;
                assertThat(post(test, "shop", old, "x" + i, "eve"))
                        .as("the old secret")
                        .isEqualTo(401);
            }
            load.end("a secret changed 12 times");
            assertThat(load.statuses).isSubsetOf(200, 401, 503);
        }
    }

    @Test
    void aChannelThatComesAndGoesUnderLoadLosesNothing() throws Exception {
        try (TestGateway test = start()) {
            ConfiguredAccount shop = channels.get("shop");
            Load load = new Load(test, "shop", "secret of shop", "secret of shop");
            for (int i = 0; i < 8; i++) {
                load.taken(load.taken.size() + 40);
                channels.remove("shop");
                reload(test);
                channels.put("shop", shop);
                reload(test);
            }
            load.end("a channel removed and added 8 times");
            assertThat(test.admin("/api/v1/conversations?channel=shop").toString())
                    .contains("test-channel")
                    .doesNotContain("unknown");
        }
    }

    @Test
    void whatWaitsForARemovedDeskIsKeptAndShownAndGoesOutWhenItIsBack() throws Exception {
        try (TestGateway test = start()) {
            ConfiguredAccount desk = desks.remove("desk");
            reload(test);
            String[] texts = IntStream.range(0, 30).mapToObj(i -> "m" + i).toArray(String[]::new);
            for (String text : texts) {
                assertThat(post(test, "shop", "secret of shop", text, "ana")).isEqualTo(200);
            }
            TestGateway.await("health to show it", () -> status(test, "desk").equals("not-configured"));
            assertThat(test.admin("/api/v1/pauses").at("/unconfigured/0").asText())
                    .isEqualTo("desk");
            assertThat(test.admin("GET", "/metrics", null).body())
                    .contains("dragoman_target_stopped{target=\"desk\",why=\"not-configured\"} 1.0");
            assertThat(test.admin("GET", "/health/ready", null).statusCode()).isEqualTo(200);
            assertThat(test.desk.sent).isEmpty();

            desks.put("desk", desk);
            reload(test);
            arrived(test, texts);
            TestGateway.await("health to be well", () -> status(test, "desk").equals("ok"));
        }
    }

    @Test
    void whatWaitsForARemovedChannelIsKeptAndGoesOutWhenItIsBack() throws Exception {
        try (TestGateway test = start()) {
            assertThat(post(test, "shop", "secret of shop", "1", "ana")).isEqualTo(200);
            arrived(test, "1");
            String conversation = test.admin("/api/v1/conversations")
                    .at("/conversations/0/id")
                    .asText();
            ConfiguredAccount shop = channels.remove("shop");
            reload(test);
            for (String id : List.of("a1", "a2", "a3")) {
                String path = "/api/v1/conversations/" + conversation + "/messages";
                assertThat(test.admin("POST", path, "{\"text\":\"" + id + "\"}", "Idempotency-Key", id)
                                .statusCode())
                        .isEqualTo(202);
            }
            TestGateway.await("health to show it", () -> status(test, "shop").equals("not-configured"));
            assertThat(test.channel.sent).isEmpty();
            channels.put("shop", shop);
            reload(test);
            TestGateway.await("the answers", () -> test.channel.sent.size() >= 3);
            assertThat(test.channel.sent).extracting(ReloadTest::text).containsExactly("a1", "a2", "a3");
        }
    }

    @Test
    void aDeskThatIsGoneMayNotAnswerWhereItWasNeverAsked() throws Exception {
        try (TestGateway test = start()) {
            assertThat(post(test, "shop", "secret of shop", "1", "ana")).isEqualTo(200);
            arrived(test, "1");
            String conversation = test.admin("/api/v1/conversations")
                    .at("/conversations/0/id")
                    .asText();
            TestDesk other = new TestDesk();
            desks.put("other", TestGateway.configured("other", other, "secret"));
            reload(test);
            String reply =
                    "[{\"type\":\"agent.replied\",\"key\":\"r\",\"at\":\"2026-01-01T00:00:00Z\",\"conversation\":\""
                            + conversation + "\",\"parts\":[{\"type\":\"text\",\"text\":\"hi\"}],\"author\":\"Eve\"}]";
            AtomicBoolean open = new AtomicBoolean();
            test.gateway.reload(accounts(test), situation -> {
                while (!open.get()) {
                    Thread.onSpinWait();
                }
                return Decision.NOTHING;
            });
            assertThat(test.post(
                            "/desks/other", reply, TestChannel.sign("secret", reply.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(200);
            desks.remove("other");
            open.set(true);
            reload(test);
            TestGateway.await(
                    "the dead event",
                    () -> test.admin("/api/v1/dead").at("/deadLetters").size() == 1);
            assertThat(test.channel.sent).isEmpty();
        }
    }

    /** Customers who write without a pause, each message until it is acknowledged. */
    private static final class Load {
        final Queue<String> taken = new ConcurrentLinkedQueue<>();
        final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        private final Queue<String> given = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Thread> senders = new ArrayList<>();
        private final TestGateway test;

        Load(TestGateway test, String channel, String... secrets) {
            this.test = test;
            for (int sender = 0; sender < SENDERS; sender++) {
                String name = "s" + sender;
                Thread thread = new Thread(() -> write(channel, name, secrets), name);
                senders.add(thread);
                thread.start();
            }
        }

        private void write(String channel, String sender, String... secrets) {
            for (int i = 0; !over.get(); i++) {
                String text = sender + "." + i;
                given.add(text);
                for (int attempt = 0; ; attempt++) {
                    int status = post(test, channel, secrets[attempt % secrets.length], text, sender);
                    statuses.add(status);
                    if (status == 200) {
                        taken.add(text);
                        break;
                    }
                }
            }
        }

        void taken(int messages) {
            TestGateway.await(messages + " messages", () -> taken.size() >= messages);
        }

        void end(String what) throws InterruptedException {
            over.set(true);
            for (Thread sender : senders) {
                sender.join(20_000);
            }
            TestGateway.await("all to arrive", () -> test.desk.sent.size() >= taken.size());
            List<String> arrived = test.desk.sent.stream().map(ReloadTest::text).toList();
            Tally.of(given, taken, arrived, text -> text.substring(0, text.indexOf('.')))
                    .demandZeros(what);
        }
    }

    private TestGateway start() throws Exception {
        TestGateway test = new TestGateway(
                data,
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.refusingWithoutEnd(setup.settings())));
        channels.putAll(test.gateway.setup().accounts().channels());
        desks.putAll(test.gateway.setup().accounts().desks());
        return test;
    }

    private void reload(TestGateway test) {
        test.gateway.reload(accounts(test), situation -> Decision.NOTHING);
    }

    private ConfiguredAccounts accounts(TestGateway test) {
        return new ConfiguredAccounts(
                channels, desks, test.gateway.setup().accounts().policy());
    }

    private static int post(TestGateway test, String channel, String secret, String text, String from) {
        String body = "[{\"id\":\"" + text + "\",\"from\":\"" + from + "\",\"text\":\"" + text + "\"}]";
        return test.post("/channels/" + channel, body, TestChannel.sign(secret, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void arrived(TestGateway test, String... texts) {
        TestGateway.await("the messages", () -> test.desk.sent.size() >= texts.length);
        assertThat(texts(test)).containsExactly(texts);
    }

    private static List<String> texts(TestGateway test) {
        return test.desk.sent.stream().map(ReloadTest::text).toList();
    }

    private static String text(Outbound outbound) {
        List<Part> parts = outbound instanceof Outbound.ToDesk notice
                ? notice.notice().data().message().parts()
                : ((Outbound.ToCustomer) outbound).parts();
        return ((Part.Text) parts.get(0)).text();
    }

    private static String status(TestGateway test, String id) {
        for (JsonNode channel : test.admin("/health/ready").at("/channels")) {
            if (channel.path("id").asText().equals(id)) {
                return channel.path("status").asText();
            }
        }
        return "absent";
    }
}
