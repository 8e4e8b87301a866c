// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Timer;
import io.dragoman.store.Store;
import io.dragoman.store.TestStore;
import io.dragoman.store.Tx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Timers that come due while their gateway is killed again and again: each fires once, in the order of their times
 * within a conversation. What is expected is known here alone; what happened is read from the store's tables. More with
 * {@code -Ddragoman.timers} and {@code -Ddragoman.timers.kills}.
 */
final class TimerKillTest {
    private static final int TIMERS = Integer.getInteger("dragoman.timers", 1_000);
    private static final int KILLS = Integer.getInteger("dragoman.timers.kills", 2);
    private static final long SEED = Long.getLong("dragoman.timers.seed", System.nanoTime());
    private static final int CONVERSATIONS = 20;
    /** About how long one of the processes lives, its start included. */
    private static final long LIFE_MILLIS = 1_800;

    private static final Pattern KEY = Pattern.compile("\"key\":\"(t-\\d+-\\d+)\"");

    @TempDir
    private Path home;

    private final Random random = new Random(SEED);
    private final List<Map.Entry<String, Long>> expected = new ArrayList<>();

    @Test
    void eachOfManyTimersFiresOnceThroughKills() throws Exception {
        Archive.made().train();
        long begun = System.nanoTime();
        write("config/gateway.yaml", """
                http: {host: 127.0.0.1, port: 0}
                admin: {host: 127.0.0.1, port: 0}
                store: {url: "sqlite:data/dragoman.db"}
                desk: inbox
                """);
        write("config/channels.yaml", "channels:\n");
        write("config/desks.yaml", "desks: {inbox: {kind: local}}\n");
        TestStore store = TestStore.sqlite(Files.createDirectories(home.resolve("data")));
        set(store, Instant.now().toEpochMilli());
        List<Long> fired = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            killed(store, KILLS - kill - 1);
            fired.add(fired(store));
        }
        try (VictimProcess last = VictimProcess.start(home)) {
            assertThat(last.awaitReady()).isTrue();
            while (store.number("SELECT count(*) FROM timer")
                            + store.number("SELECT count(*) FROM event WHERE state='NEW'")
                    > 0) {
                LockSupport.parkNanos(50_000_000);
            }
        }
        judge(StoreFacts.open(store.jdbc()));
        System.out.printf(
                "timers: seed %d, %d timers, %d kills, fired by each kill %s, %d s%n",
                SEED, TIMERS, KILLS, fired, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
        assertThat(fired.get(0)).as("the first kill leaves timers to fire").isBetween(0L, TIMERS - 1L);
    }

    private static long fired(TestStore store) {
        return store.number("SELECT count(*) FROM event");
    }

    /**
     * Kills a process in its start, or when it has fired a few or many: were it always a few, the same event could be at
     * work alone in each, and become the suspect that it is not. By their number and not after a time, so that a slow
     * machine leaves as many to those that follow as a fast one.
     */
    private void killed(TestStore store, int killsAfter) throws IOException, InterruptedException {
        long before = fired(store);
        int share = Math.max(1, (int) (TIMERS - before) / (killsAfter + 2));
        try (VictimProcess victim = VictimProcess.start(home)) {
            if (random.nextInt(5) == 0) {
                victim.ends(random.nextInt(900));
                return;
            }
            assertThat(victim.awaitReady()).as("the gateway starts").isTrue();
            long until = before + 1 + random.nextInt(random.nextBoolean() ? Math.min(20, share) : share);
            while (fired(store) < until && store.number("SELECT count(*) FROM timer") > 0) {
                victim.ends(2);
            }
            // into the middle of a commit too
            victim.ends(random.nextInt(30));
        }
    }

    /** A third is overdue at the first start; the others come due while processes live and die. */
    private void set(TestStore fresh, long now) {
        try (Store store = fresh.open(failure -> {})) {
            store.writeAndWait(tx -> {
                for (int i = 0; i < CONVERSATIONS; i++) {
                    conversation(tx, i);
                }
                return true;
            });
            store.writeAndWait(tx -> {
                for (int i = 0; i < TIMERS; i++) {
                    long due = now
                            + (i % 3 == 0 ? -random.nextInt(1_000_000) : random.nextInt((int) (KILLS * LIFE_MILLIS)));
                    Timer timer = timer(i, due);
                    expected.add(Map.entry(timer.key(), due));
                    tx.timers().set(timer);
                }
                return true;
            });
        }
    }

    private static void conversation(Tx tx, int i) {
        Identity identity = new Identity("test", "customer " + i, true);
        tx.contacts().insert("shop", new Contact("k" + i, null, null, List.of(identity), List.of()), 1);
        tx.conversations()
                .insert(
                        new ConversationBuilder("c" + i, "shop", "test", "k" + i, "customer " + i, Instant.EPOCH)
                                .build(),
                        "thread " + i);
    }

    private static Timer timer(int i, long due) {
        int conversation = i % CONVERSATIONS;
        String key = "t-" + conversation + "-" + i;
        String id = String.format("%08d", i);
        return new Timer(
                id, "test", key, Instant.ofEpochMilli(due), "c" + conversation, null, "{}", "e1", Instant.EPOCH);
    }

    private void judge(StoreFacts facts) throws Exception {
        try (facts) {
            Map<String, Integer> times = new HashMap<>();
            Map<String, List<String>> lanes = new HashMap<>();
            // in the order of their places in the lanes
            for (String content :
                    facts.column("SELECT content FROM event WHERE type='timer.fired' ORDER BY lane, id")) {
                Matcher key = KEY.matcher(content);
                assertThat(key.find()).isTrue();
                times.merge(key.group(1), 1, Integer::sum);
                lanes.computeIfAbsent(key.group(1).split("-")[1], lane -> new ArrayList<>())
                        .add(key.group(1));
            }
            assertThat(times)
                    .hasSize(TIMERS)
                    .allSatisfy((key, count) -> assertThat(count).as(key).isEqualTo(1));
            Map<String, Long> due = new HashMap<>();
            expected.forEach(entry -> due.put(entry.getKey(), entry.getValue()));
            lanes.values()
                    .forEach(keys -> assertThat(keys.stream().map(due::get)).isSorted());
            assertThat(facts.events().keySet()).containsExactly("IGNORED");
            assertThat(facts.number("SELECT count(*) FROM event")).isEqualTo(TIMERS);
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
