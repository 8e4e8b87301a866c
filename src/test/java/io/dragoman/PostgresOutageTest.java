// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.TestSettings;
import io.dragoman.rules.Decision;
import io.dragoman.store.PostgresServer;
import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed under load and comes back: the gateway refuses meanwhile, loses nothing, and needs no restart. */
final class PostgresOutageTest {
    private static final int KILLS = Integer.getInteger("dragoman.postgres.kills", 3);
    private static final int SENDERS = 6;

    @TempDir
    private Path data;

    @Test
    void killedDatabaseCostsRefusalsAndNothingElse() throws Exception {
        TestDesk desk = new TestDesk();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Queue<String> posted = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        try (PostgresServer server = PostgresServer.start(data.resolve("postgres"))) {
            TestStore store = server.database(data);
            try (TestGateway gateway = new TestGateway(
                    data.resolve("gateway"),
                    situation -> Decision.NOTHING,
                    new TestChannel(),
                    desk,
                    setup -> setup.with(TestSettings.with(setup.settings(), store.url())))) {
                List<Thread> senders = new ArrayList<>();
                for (int s = 0; s < SENDERS; s++) {
                    String sender = "s" + s;
                    Thread thread = new Thread(() -> send(gateway, sender, stop, posted, acknowledged, refused));
                    thread.start();
                    senders.add(thread);
                }
                for (int kill = 0; kill < KILLS; kill++) {
                    int before = acknowledged.size();
                    TestGateway.await("some load", () -> acknowledged.size() > before + 20);
                    server.kill();
                    int refusedBefore = refused.get();
                    TestGateway.await("refusals", () -> refused.get() > refusedBefore);
                    assertThat(gateway.admin("GET", "/health/ready", null).statusCode())
                            .isEqualTo(503);
                    server.restart();
                }
                int last = acknowledged.size();
                TestGateway.await("taken again without a restart", () -> acknowledged.size() > last + 20);
                stop.set(true);
                for (Thread thread : senders) {
                    thread.join();
                }
                TestGateway.await("all at the desk", () -> new java.util.HashSet<>(SharedStoreTest.texts(desk))
                        .containsAll(acknowledged));
                TestGateway.await(
                        "all done", () -> store.number("SELECT count(*) FROM event WHERE state<>'DONE'") == 0);
            }
        }
        List<String> arrived = SharedStoreTest.texts(desk);
        Tally.of(posted, acknowledged, arrived, text -> text.split("/", 2)[0])
                .demandZeros("postgres killed " + KILLS + " times, " + refused.get() + " refused meanwhile");
    }

    private static void send(
            TestGateway gateway,
            String sender,
            AtomicBoolean stop,
            Queue<String> posted,
            Set<String> acknowledged,
            AtomicInteger refused) {
        for (int i = 0; !stop.get(); i++) {
            String text = sender + "/" + i;
            String body = "[{\"id\":\"" + text + "\",\"from\":\"" + sender + "\",\"text\":\"" + text + "\"}]";
            posted.add(text);
            // as providers do: the same until it is taken
            while (gateway.post(body) != 200 && !stop.get()) {
                refused.incrementAndGet();
                LockSupport.parkNanos(20_000_000);
            }
            if (!stop.get()) {
                acknowledged.add(text);
            }
        }
    }
}
