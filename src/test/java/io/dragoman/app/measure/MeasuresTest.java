// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.OpeningHours;
import io.dragoman.store.MeasureFigures.Passed;
import io.dragoman.store.MeasureFigures.Where;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The definitions that a small example shows. */
final class MeasuresTest {
    private static final Where SHOP = new Where("shop", "test", null, null, null);
    private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");

    @Test
    void fiveHundredContactsOfWhomFourHundredAndFiftyStayShouldBeAChurnOfTenPercent() {
        MeasureTally tally = new MeasureTally(Optional.empty());
        for (int i = 0; i < 500; i++) {
            tally.before(from("c" + i));
        }
        for (int i = 50; i < 700; i++) {
            tally.add(from("c" + i)); // those who are new make nobody stay
        }
        assertThat(tally.line(null, true).churn()).isEqualTo(new Share(50, 500, 0.1));
        assertThat(new MeasureTally(Optional.empty()).line("09", false).churn()).isNull();
    }

    @Test
    void nothingShouldBeNullAndNotZero() {
        MeasureLine nothing = new MeasureTally(Optional.empty()).line(null, true);
        assertThat(nothing.churn()).isEqualTo(new Share(0, 0, null));
        assertThat(nothing.firstContact().rate()).isNull();
        assertThat(nothing.firstResponse().median()).isNull();
        assertThat(nothing.firstResponseOpen()).isNull();
    }

    @Test
    void onlyOpeningsShouldBeCounted() {
        OpenTime open = OpenTime.of(nineToFive(), "default", MONDAY, MONDAY.plusSeconds(3 * 86_400))
                .orElseThrow();
        assertThat(open.between(hour(8), hour(10))).isEqualTo(3_600_000);
        assertThat(open.between(hour(16), hour(24 + 10))).isEqualTo(2 * 3_600_000);
        assertThat(open.between(hour(18), hour(20))).isZero();
        assertThat(open.between(hour(10), hour(9))).isZero();
        assertThat(open.between(hour(1), hour(60))).isEqualTo((8 + 8 + 3) * 3_600_000L);
        assertThat(OpenTime.of(OpeningHours.NONE, "default", MONDAY, hour(1))).isEmpty();
    }

    /** From 09:00 to 17:00 UTC, every day. */
    private static OpeningHours nineToFive() {
        return (name, at) -> {
            long second = at.getEpochSecond() % 86_400;
            long day = at.getEpochSecond() - second;
            boolean open = second >= 9 * 3_600 && second < 17 * 3_600;
            long next = open ? 17 * 3_600 : second < 9 * 3_600 ? 9 * 3_600 : 33 * 3_600;
            return Optional.of(new OpeningHours.State(open, Instant.ofEpochSecond(day + next)));
        };
    }

    private static Instant hour(int hour) {
        return MONDAY.plusSeconds(hour * 3_600L);
    }

    private static Passed from(String contact) {
        return new Passed(SHOP, contact, MONDAY, 1, 1, 0, 0, 1, contact);
    }
}
