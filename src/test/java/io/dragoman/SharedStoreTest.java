// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.TestSettings;
import io.dragoman.connector.Outbound;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.store.NewerProgram;
import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one PostgreSQL: each takes what is sent to it, both do the work, and the effects are one's. */
final class SharedStoreTest {
    private static final int SENDERS = 12;
    private static final int MESSAGES = 25;

    @TempDir
    private Path data;

    @Test
    void twoGatewaysShareTheWorkWithoutLosingDoublingOrMisordering() throws Exception {
        TestStore shared = TestStore.postgres(data);
        TestChannel channel = new TestChannel();
        TestDesk desk = new TestDesk();
        Set<String> refused = ConcurrentHashMap.newKeySet();
        try (TestGateway one = gateway(shared, "one", channel, desk);
                TestGateway two = gateway(shared, "two", channel, desk)) {
            List<Thread> senders = new ArrayList<>();
            for (int s = 0; s < SENDERS; s++) {
                String sender = "s" + s;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < MESSAGES; i++) {
                        TestGateway first = i % 2 == 0 ? one : two;
                        TestGateway second = i % 2 == 0 ? two : one;
                        String body = "[{\"id\":\"" + sender + "/" + i + "\",\"from\":\"" + sender + "\",\"text\":\""
                                + sender + "/" + i + "\"}]";
                        if (first.post(body) != 200 || (i % 5 == 0 && second.post(body) != 200)) {
                            refused.add(body);
                        }
                    }
                });
                thread.start();
                senders.add(thread);
            }
            for (Thread thread : senders) {
                thread.join();
            }
            assertThat(refused).isEmpty();
            TestGateway.await("all at the desk", () -> texts(desk).size() >= SENDERS * MESSAGES);
        }
        List<String> arrived = texts(desk);
        assertThat(arrived).hasSize(SENDERS * MESSAGES).doesNotHaveDuplicates();
        Map<String, AtomicInteger> next = new HashMap<>();
        for (String text : arrived) {
            String[] parts = text.split("/", 2);
            int expected =
                    next.computeIfAbsent(parts[0], id -> new AtomicInteger()).getAndIncrement();
            assertThat(Integer.parseInt(parts[1])).as(parts[0]).isEqualTo(expected);
        }
        assertThat(shared.number("SELECT count(*) FROM event WHERE state<>'DONE'"))
                .isZero();
        assertThat(shared.number("SELECT count(*) FROM event WHERE duplicates>0"))
                .isEqualTo(SENDERS * MESSAGES / 5);
        assertThat(shared.number("SELECT count(*) FROM peer"))
                .as("both said farewell")
                .isZero();
        long owners = shared.number("SELECT count(*) FROM conversation");
        assertThat(owners).isEqualTo(SENDERS);
    }

    /** As in a rolling upgrade: the new version is at work on the store, and the old ones go on, and may be restarted. */
    @Test
    void gatewaysOfTheVersionBeforeGoOnWhereANewerOneAddedToTheStore() throws Exception {
        TestStore shared = TestStore.postgres(data);
        TestChannel channel = new TestChannel();
        TestDesk desk = new TestDesk();
        try (TestGateway one = gateway(shared, "one", channel, desk)) {
            write(one, 0, 10); // so often that each statement is prepared on the server
            int version = 900;
            for (String table : List.of("message", "conversation", "event", "delivery", "lane", "cursor", "contact")) {
                version++;
                NewerProgram.migrates(
                        shared,
                        version,
                        "adds",
                        "ALTER TABLE " + table + " ADD COLUMN newer TEXT NOT NULL DEFAULT 'x'");
            }
            write(one, 10, 20);
            try (TestGateway two = gateway(shared, "two", channel, desk)) {
                write(two, 20, 30);
            }
            TestGateway.await("all at the desk", () -> texts(desk).size() >= 30);
        }
        assertThat(texts(desk)).hasSize(30).doesNotHaveDuplicates();
        assertThat(shared.number("SELECT count(*) FROM event WHERE state<>'DONE'"))
                .isZero();
    }

    private static void write(TestGateway to, int from, int until) {
        for (int i = from; i < until; i++) {
            String body = "[{\"id\":\"m" + i + "\",\"from\":\"ana\",\"text\":\"m" + i + "\"}]";
            TestGateway.await("it is taken", () -> to.post(body) == 200);
        }
    }

    private TestGateway gateway(TestStore shared, String name, TestChannel channel, TestDesk desk) throws Exception {
        return new TestGateway(
                data.resolve(name),
                situation -> Decision.NOTHING,
                channel,
                desk,
                setup -> setup.with(TestSettings.with(setup.settings(), shared.url())));
    }

    static List<String> texts(TestDesk desk) {
        Set<String> keys = new LinkedHashSet<>();
        List<String> texts = new ArrayList<>();
        for (Outbound outbound : desk.sent) {
            if (outbound instanceof Outbound.ToDesk toDesk
                    && toDesk.notice().data().message() != null
                    && keys.add(outbound.key())) {
                Part part = toDesk.notice().data().message().parts().get(0);
                texts.add(((Part.Text) part).text());
            }
        }
        return texts;
    }
}
