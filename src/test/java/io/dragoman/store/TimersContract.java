// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Timer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers, on any store. */
abstract class TimersContract {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void dueTimersShouldBeTakenInTheirOrderAndOnce() {
        with(store -> {
            set(store, timer("c", "k3", 30), timer("b", "k1", 10), timer("a", "k2", 10), timer("d", "k4", 50));
            assertThat(take(store, 9, 10)).isEmpty();
            assertThat(take(store, 40, 2)).containsExactly("k2", "k1");
            assertThat(take(store, 40, 2)).containsExactly("k3");
            assertThat(take(store, 40, 2)).isEmpty();
            assertThat(take(store, 5, 2)).as("the clock went back").isEmpty();
            assertThat(take(store, 1_000, 9)).containsExactly("k4");
        });
    }

    @Test
    void laterTimerShouldTakeThePlaceOfOneWithItsKey() {
        with(store -> {
            set(store, timer("a", "k", 10));
            set(store, timer("b", "k", 20));
            assertThat(take(store, 15, 9)).isEmpty();
            assertThat(store.read(tx -> tx.timers().find("k")).map(Timer::id)).contains("b");
            store.writeAndWait(tx -> {
                tx.timers().setIfAbsent(timer("c", "k", 5));
                return true;
            });
            assertThat(take(store, 15, 9)).as("the first stays").isEmpty();
            assertThat(take(store, 20, 9)).containsExactly("k");
        });
    }

    @Test
    void cancelledTimerShouldNotBeTaken() {
        with(store -> {
            set(store, timer("a", "k1", 10), timer("b", "k2", 10), timer("c", "k3", 10));
            assertThat(store.<Boolean>writeAndWait(tx -> tx.timers().cancel("k1")))
                    .isTrue();
            assertThat(store.<Boolean>writeAndWait(tx -> tx.timers().cancel("k1")))
                    .isFalse();
            assertThat(store.<Integer>writeAndWait(tx -> tx.timers().cancel("c1", "other")))
                    .isZero();
            assertThat(take(store, 10, 1)).containsExactly("k2");
            assertThat(store.<Integer>writeAndWait(tx -> tx.timers().cancel("c1", "test")))
                    .isEqualTo(1);
            assertThat(take(store, 10, 9)).isEmpty();
            assertThat(store.<Long>read(tx -> tx.timers().waiting())).isZero();
        });
    }

    @Test
    void timerShouldComeBackAsItWasSet() {
        with(store -> {
            Timer timer = timer("a", "k", 10);
            set(store, timer);
            List<Timer> found = store.read(tx -> tx.timers().of("c1"));
            assertThat(found).containsExactly(timer);
        });
    }

    private void with(Consumer<Store> test) {
        try (TestStore fresh = fresh(folder);
                Store store = fresh.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.contacts()
                        .insert(
                                "shop",
                                new Contact("k", null, null, List.of(new Identity("test", "a", true)), List.of()),
                                1);
                tx.conversations().insert(new ConversationBuilder("c1", "shop", "test", "k", "a", AT).build(), "t");
                return true;
            });
            test.accept(store);
        }
    }

    private static void set(Store store, Timer... timers) {
        store.writeAndWait(tx -> {
            List.of(timers).forEach(tx.timers()::set);
            return true;
        });
    }

    private static List<String> take(Store store, long now, int most) {
        return store.writeAndWait(tx -> tx.timers().takeDue(now, most)).stream()
                .map(Timer::key)
                .toList();
    }

    private static Timer timer(String id, String key, long due) {
        return new Timer(id, "test", key, Instant.ofEpochMilli(due), "c1", null, "{\"a\":1}", "e1", AT);
    }
}
