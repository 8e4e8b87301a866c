// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a target can take: all of its places, one try now and then, or nothing. */
final class CircuitBreakersTest {
    private static final Outcome DOWN = new Outcome.Retry(Reason.PROVIDER_DOWN, "answered 503");

    private final TestClock clock = TestClock.at(Instant.parse("2026-11-21T10:00:00Z"));
    private final CircuitBreakers targets = new CircuitBreakers(8, clock);

    @Test
    void healthyTargetTakesSoManyAtOnce() {
        assertThat(targets.room("desk", 0)).isEqualTo(8);
        assertThat(targets.room("desk", 7)).isEqualTo(1);
        assertThat(targets.room("desk", 8)).isZero();
    }

    @Test
    void fiveFailuresInARowHoldItBackThenOneTryAtATimeTellsWhenItIsBack() {
        fail(4);
        assertThat(targets.room("desk", 0)).as("half of it").isEqualTo(4);
        fail(1);
        assertThat(targets.room("desk", 0)).as("held back").isZero();
        assertThat(targets.room("other", 0)).as("nobody else is").isEqualTo(8);
        clock.move(Duration.ofSeconds(2));
        assertThat(targets.room("desk", 0)).as("one try").isEqualTo(1);
        assertThat(targets.room("desk", 1)).isZero();
        fail(1);
        clock.move(Duration.ofSeconds(3));
        assertThat(targets.room("desk", 0)).as("a longer rest after each").isZero();
        clock.move(Duration.ofSeconds(1));
        assertThat(targets.ended("desk", new Outcome.Sent(null))).as("back").isTrue();
        assertThat(targets.room("desk", 0)).isEqualTo(8);
        assertThat(targets.ended("desk", new Outcome.Sent(null))).isFalse();
    }

    @Test
    void restsAreBoundedSoThatItIsFoundBackSoon() {
        fail(500);
        clock.move(Duration.ofSeconds(30));
        assertThat(targets.room("desk", 0)).isEqualTo(1);
    }

    @Test
    void whatTheTargetAskedForIsWaitedWithinReason() {
        for (int i = 0; i < 5; i++) {
            targets.ended("desk", new Outcome.Retry(Reason.THROTTLED, "answered 429", Duration.ofMinutes(10)));
        }
        clock.move(Duration.ofMinutes(9));
        assertThat(targets.room("desk", 0)).isZero();
        clock.move(Duration.ofMinutes(1));
        assertThat(targets.room("desk", 0)).isEqualTo(1);
    }

    @Test
    void whatIsWrongWithAMessageSaysNothingOfItsTarget() {
        for (int i = 0; i < 20; i++) {
            targets.ended("desk", new Outcome.Refused(Reason.CONTENT_REFUSED, "answered 422"));
            targets.ended("desk", new Outcome.Retry(Reason.MEDIA_REFUSED, "not fetched yet"));
        }
        assertThat(targets.room("desk", 0)).isEqualTo(8);
    }

    @Test
    void anExpiredTokenIsTheAccountsTroubleAndHoldsAllBack() {
        for (int i = 0; i < 5; i++) {
            targets.ended("desk", new Outcome.Refused(Reason.AUTHENTICATION_FAILED, "answered 401"));
        }
        assertThat(targets.room("desk", 0)).isZero();
        assertThat(targets.failures("desk").orElseThrow().reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void pausedTargetTakesNothing() {
        targets.paused(Set.of("desk"));
        assertThat(targets.room("desk", 0)).isZero();
        targets.paused(Set.of());
        assertThat(targets.room("desk", 0)).isEqualTo(8);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            targets.ended("desk", DOWN);
        }
    }
}
