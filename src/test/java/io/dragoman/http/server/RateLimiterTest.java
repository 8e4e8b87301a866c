// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RateLimiter rates = new RateLimiter(10, SECOND, 100);

    @Test
    void asManyAsAllowedAtOnceAndThenSteadily() {
        assertThat(taken("a", 0, 50)).isEqualTo(10);
        assertThat(rates.take("a", SECOND / 20)).isFalse();
        assertThat(rates.take("a", SECOND / 10)).isTrue();
        assertThat(rates.take("a", SECOND / 10)).isFalse();
        assertThat(taken("a", 100 * SECOND, 50)).isEqualTo(10);
    }

    @Test
    void oneAddressDoesNotUseUpAnothers() {
        assertThat(taken("a", 0, 50)).isEqualTo(10);
        assertThat(rates.take("b", 0)).isTrue();
    }

    @Test
    void lookingTakesNothing() {
        assertThat(rates.exhausted("a", 0)).isFalse();
        taken("a", 0, 10);
        assertThat(rates.exhausted("a", 0)).isTrue();
        assertThat(rates.exhausted("a", SECOND)).isFalse();
        assertThat(taken("a", SECOND, 50)).isEqualTo(10);
    }

    @Test
    void clockThatGoesBackGivesNothing() {
        taken("a", SECOND, 10);
        assertThat(rates.take("a", 0)).isFalse();
    }

    @Test
    void zeroIsNoLimit() {
        RateLimiter none = new RateLimiter(0, SECOND, 100);
        assertThat(IntStream.range(0, 100_000).allMatch(i -> none.take("a", 0))).isTrue();
        assertThat(none.size()).isZero();
    }

    @Test
    void tableOfAddressesIsBounded() {
        taken("busy", 0, 10);
        for (int i = 0; i < 100_000; i++) {
            rates.take("stranger " + i, 0);
            assertThat(rates.take("busy", 0)).isFalse(); // who is seen again and again is not forgotten
        }
        assertThat(rates.size()).isEqualTo(100);
    }

    private int taken(String address, long now, int tries) {
        return (int)
                IntStream.range(0, tries).filter(i -> rates.take(address, now)).count();
    }
}
