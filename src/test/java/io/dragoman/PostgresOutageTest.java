// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.TestSettings;
import io.dragoman.rules.Decision;
import io.dragoman.store.PostgresPair;
import io.dragoman.store.PostgresServer;
import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
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

/**
 * PostgreSQL is killed under load and comes back, or its standby takes its place: the gateway refuses meanwhile, loses
 * nothing, and needs no restart.
 */
final class PostgresOutageTest {
    private static final int KILLS = Integer.getInteger("dragoman.postgres.kills", 3);
    private static final int FAILOVERS = Integer.getInteger("dragoman.postgres.failovers", 1);
    private static final int SENDERS = 6;

    private final AtomicInteger refused = new AtomicInteger();

    @TempDir
    private Path data;

    @Test
    void killedDatabaseCostsRefusalsAndNothingElse() throws Exception {
        try (PostgresServer server = PostgresServer.start(data.resolve("postgres"))) {
            harm(server.database(data), KILLS, "postgres killed", gateway -> {
                server.kill();
                refusals(gateway);
                server.restart();
            });
        }
    }

    /** The gateway has the addresses of both servers, and looks which of them takes writes. */
    @Test
    void standbyThatTakesOverHasAllThatWasAcknowledged() throws Exception {
        try (PostgresPair pair = PostgresPair.start(data.resolve("postgres"))) {
            harm(pair.store(data), FAILOVERS, "standby promoted", gateway -> pair.failOver());
        }
    }

    /** Does harm to the database of a gateway. */
    @FunctionalInterface
    private interface Harm {
        void to(TestGateway gateway) throws Exception;
    }

    private void harm(TestStore store, int times, String what, Harm harm) throws Exception {
        TestDesk desk = new TestDesk();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Queue<String> posted = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (TestGateway gateway = new TestGateway(
                data.resolve("gateway"),
                situation -> Decision.NOTHING,
                new TestChannel(),
                desk,
                setup -> setup.with(TestSettings.with(setup.settings(), store.url())))) {
            List<Thread> senders = new ArrayList<>();
            for (int s = 0; s < SENDERS; s++) {
                String sender = "s" + s;
                Thread thread = new Thread(() -> send(gateway, sender, stop, posted, acknowledged));
                thread.start();
                senders.add(thread);
            }
            for (int time = 0; time < times; time++) {
                int before = acknowledged.size();
                TestGateway.await("some load", () -> acknowledged.size() > before + 20);
                harm.to(gateway);
            }
            int last = acknowledged.size();
            TestGateway.await("taken again without a restart", () -> acknowledged.size() > last + 20);
            stop.set(true);
            for (Thread thread : senders) {
                thread.join();
            }
            awaitAll(desk, acknowledged);
            TestGateway.await("all done", () -> store.number("SELECT count(*) FROM event WHERE state<>'DONE'") == 0);
        }
        List<String> arrived = SharedStoreTest.texts(desk);
        Tally.of(posted, acknowledged, arrived, text -> text.split("/", 2)[0])
                .demandZeros(what + " " + times + " times, " + refused.get() + " refused meanwhile");
    }

    /** For as long as more come: where the machine is slow, a backlog builds meanwhile. */
    private static void awaitAll(TestDesk desk, Set<String> acknowledged) {
        while (!haveArrived(desk, acknowledged)) {
            int before = desk.sent.size();
            TestGateway.await(
                    "more at the desk", () -> desk.sent.size() >= before + 20 || haveArrived(desk, acknowledged));
        }
    }

    private static boolean haveArrived(TestDesk desk, Set<String> acknowledged) {
        return new HashSet<>(SharedStoreTest.texts(desk)).containsAll(acknowledged);
    }

    private void refusals(TestGateway gateway) {
        int before = refused.get();
        TestGateway.await("refusals", () -> refused.get() > before);
        assertThat(gateway.admin("GET", "/health/ready", null).statusCode()).isEqualTo(503);
    }

    private void send(
            TestGateway gateway, String sender, AtomicBoolean stop, Queue<String> posted, Set<String> acknowledged) {
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
