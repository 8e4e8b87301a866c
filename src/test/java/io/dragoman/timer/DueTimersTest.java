// SPDX-License-Identifier: Apache-2.0
package io.dragoman.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Timer;
import io.dragoman.model.TimerFired;
import io.dragoman.store.Arrivals;
import io.dragoman.store.Events;
import io.dragoman.store.Store;
import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DueTimersTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.at(START);
    private final Supplier<String> ids = Arrivals.ids();
    private Store store;
    private DueTimers timers;

    @BeforeEach
    void open() {
        store = TestStore.sqlite(folder).open(failure -> {});
        timers = new DueTimers(store, ids, clock);
        store.writeAndWait(tx -> {
            tx.contacts()
                    .insert(
                            "shop",
                            new Contact("k", null, null, List.of(new Identity("test", "a", true)), List.of()),
                            1);
            tx.conversations().insert(new ConversationBuilder("c1", "shop", "test", "k", "ana", START).build(), "t");
            return true;
        });
    }

    @AfterEach
    void close() {
        timers.close();
        store.close();
    }

    @Test
    void timerShouldBecomeAnEventInTheLaneOfItsConversation() {
        set("k1", Duration.ofMinutes(5));
        assertThat(timers.fire()).isZero();
        clock.move(Duration.ofMinutes(5));
        assertThat(timers.fire()).isEqualTo(1);
        Events.Stored stored = event("k1").orElseThrow();
        assertThat(stored.lane()).isEqualTo("in/shop/ana");
        assertThat(stored.state()).isEqualTo(Events.State.NEW);
        assertThat(stored.event()).isInstanceOfSatisfying(TimerFired.class, fired -> {
            assertThat(fired.at()).isEqualTo(START.plus(Duration.ofMinutes(5)));
            assertThat(fired.timer().payload()).isEqualTo("{\"for\":\"k1\"}");
        });
    }

    @Test
    void jumpForwardShouldFireEachOnceInOrderAndJumpBackNoneAgain() {
        for (int i = 250; i > 0; i--) {
            set("k" + i, Duration.ofMinutes(i));
        }
        clock.move(Duration.ofDays(365));
        assertThat(timers.fire()).as("a batch is bounded").isEqualTo(100);
        clock.move(Duration.ofDays(-2 * 365));
        assertThat(timers.fire()).isZero();
        clock.move(Duration.ofDays(2 * 365));
        assertThat(timers.fire()).isEqualTo(100);
        assertThat(timers.fire()).isEqualTo(50);
        assertThat(timers.fire()).isZero();
        for (int i = 1; i <= 250; i++) {
            assertThat(event("k" + i)).as("k" + i).isPresent();
        }
        assertThat(event("k1").orElseThrow().id())
                .isLessThan(event("k2").orElseThrow().id());
        assertThat(event("k249").orElseThrow().id())
                .isLessThan(event("k250").orElseThrow().id());
    }

    @Test
    void lookShouldFireAllThatIsDue() {
        for (int i = 0; i < 250; i++) {
            set("k" + i, Duration.ZERO);
        }
        timers.look();
        assertThat(store.<Long>read(tx -> tx.timers().waiting())).isZero();
        assertThat(event("k249")).isPresent();
    }

    private void set(String key, Duration after) {
        store.writeAndWait(tx -> {
            tx.timers()
                    .set(new Timer(
                            "id of " + key,
                            "test",
                            key,
                            START.plus(after),
                            "c1",
                            null,
                            "{\"for\":\"" + key + "\"}",
                            "e1",
                            START));
            return true;
        });
    }

    private Optional<Events.Stored> event(String key) {
        return store.read(tx -> tx.events().find("shop", "timer:id of " + key));
    }
}
