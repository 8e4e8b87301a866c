// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.CallRate;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CallWindowTest {
    private final CallWindow window = new CallWindow(new CallRate(5, 2));

    @Test
    @DisplayName("news gets what is not reserved, and is told exactly how long to wait")
    void newsShouldLeaveTheReserve() {
        for (int second = 0; second < 3; second++) {
            assertThat(window.begin(second * 1_000L)).isEmpty();
            window.ended(second * 1_000L);
        }
        assertThat(window.left(3_000)).isZero();
        assertThat(window.begin(3_000)).contains(Duration.ofSeconds(57));
        assertThat(window.read(3_000)).isEmpty();
        assertThat(window.read(3_000)).isEmpty();
        assertThat(window.read(3_000)).contains(Duration.ofSeconds(57));
        assertThat(window.begin(60_001)).as("two are under way, two ended").isPresent();
    }

    @Test
    @DisplayName("a call counts while it is under way, however long that is")
    void callUnderWayShouldCount() {
        for (int i = 0; i < 3; i++) {
            assertThat(window.begin(0)).isEmpty();
        }
        assertThat(window.begin(100_000)).contains(Duration.ofMinutes(1));
        window.ended(100_000);
        assertThat(window.begin(159_000)).contains(Duration.ofSeconds(1));
        assertThat(window.begin(160_001)).isEmpty();
    }

    @Test
    @DisplayName("news is begun where as many calls are left as the largest took")
    void newsShouldBeginWhereItCanEnd() {
        window.took(2);
        assertThat(window.room(0)).isEqualTo(1);
        assertThat(window.begin(0)).isEmpty();
        assertThat(window.begin(0)).isEmpty();
        assertThat(window.begin(0)).as("one is left, but it takes two").isPresent();
        assertThat(window.proceed(0)).isEmpty();
        window.took(100);
        window.ended(0);
        window.ended(0);
        window.ended(0);
        assertThat(window.begin(60_001))
                .as("what takes more than there are begins with all")
                .isEmpty();
    }
}
