// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A count never holds up who wants it, and is not made again and again. */
final class CachedAggregateTest {
    private final TestClock clock = TestClock.at(Instant.parse("2026-11-21T10:00:00Z"));
    private final Queue<Runnable> begun = new ArrayDeque<>();
    private Duration lasts = Duration.ZERO;
    private int counted;

    /** Counts at once. */
    private final CachedAggregate<Integer> count =
            new CachedAggregate<>(this::counting, Runnable::run, clock, Duration.ZERO);
    /** Counts when the test lets it. */
    private final CachedAggregate<Integer> slow =
            new CachedAggregate<>(this::counting, begun::add, clock, Duration.ZERO);

    private int counting() {
        clock.move(lasts);
        return ++counted;
    }

    @Test
    void isMadeAnewOnceItIsFiveSecondsOld() {
        assertThat(count.get()).hasValue(1);
        clock.move(Duration.ofMillis(4_999));
        assertThat(count.get()).hasValue(1);
        clock.move(Duration.ofMillis(1));
        assertThat(count.get()).hasValue(2);
    }

    @Test
    void takesATwentiethOfTheTimeHoweverLongItLasts() {
        lasts = Duration.ofSeconds(10);
        assertThat(count.get()).hasValue(1);
        clock.move(Duration.ofSeconds(199));
        assertThat(count.get()).hasValue(1);
        clock.move(Duration.ofSeconds(1));
        assertThat(count.get()).hasValue(2);
    }

    @Test
    void whoAsksMeanwhileGetsWhatWasKnownAndStartsNoOther() {
        assertThat(slow.get()).isEmpty();
        assertThat(slow.get()).isEmpty();
        assertThat(begun).hasSize(1);
        begun.remove().run();
        assertThat(slow.get()).hasValue(1);
        clock.move(Duration.ofSeconds(6));
        assertThat(slow.get()).hasValue(1);
        begun.remove().run();
        assertThat(slow.get()).hasValue(2);
        assertThat(begun).isEmpty();
    }

    @Test
    void aClockThatGoesBackDoesNotStopIt() {
        assertThat(count.get()).hasValue(1);
        clock.move(Duration.ofHours(-1));
        assertThat(count.get()).hasValue(2);
    }

    @Test
    void aFailureIsToldAndNotKept() {
        CachedAggregate<Integer> failing = new CachedAggregate<>(
                () -> {
                    if (counting() == 1) {
                        throw new IllegalStateException("the store is away");
                    }
                    return counted;
                },
                Runnable::run,
                clock,
                Duration.ZERO);
        assertThatThrownBy(failing::get).hasMessage("the store is away");
        assertThat(failing.get()).hasValue(2);
    }
}
