// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(64);

    @Test
    void itBeginsWithEightAndGrowsOnlyWhileAllPlacesAreTaken() {
        assertThat(limit.room(0)).isEqualTo(8);
        limit.succeeded();
        assertThat(limit.room(3)).isEqualTo(5);

        assertThat(limit.room(8)).isZero();
        limit.succeeded();
        limit.succeeded(); // nobody wanted more since
        assertThat(limit.room(0)).isEqualTo(9);
    }

    @Test
    void itGrowsToTheMostAndNoFurther() {
        busy(200);
        assertThat(limit.room(0)).isEqualTo(64);
    }

    @Test
    void aTargetThatCannotKeepUpGetsHalfAndThenSlowlyMore() {
        busy(24);
        assertThat(limit.room(0)).isEqualTo(32);
        limit.failed(1_000);
        limit.failed(1_999);
        assertThat(limit.room(0)).as("half, however many failed at once").isEqualTo(16);
        busy(16);
        assertThat(limit.room(0)).as("one more a round").isBetween(16, 17);
        busy(32);
        assertThat(limit.room(0)).isBetween(17, 19);
    }

    @Test
    void oneMayAlwaysGo() {
        for (int i = 0; i < 20; i++) {
            limit.failed(i * 1_000L);
        }
        assertThat(limit.room(0)).isEqualTo(1);
        assertThat(new ConcurrencyLimit(2).room(0)).isEqualTo(2);
    }

    private void busy(int successes) {
        for (int i = 0; i < successes; i++) {
            limit.room(1_000);
            limit.succeeded();
        }
    }
}
