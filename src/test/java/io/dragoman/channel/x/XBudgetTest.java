// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Budget;
import io.dragoman.connector.Budget.Period;
import io.dragoman.model.Reason;
import io.dragoman.simulator.x.XSimulator;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What bounds an account, in words. */
final class XBudgetTest {
    @Test
    void settingsAreTheBudgets() {
        try (XSimulator simulator = new XSimulator(0)) {
            assertThat(new X().budgets(XAccounts.of(simulator))).isEmpty();
            assertThat(new X().budgets(XAccounts.of(simulator, "paid.sendsPerDay", "2", "paid.readsPerMonth", "0")))
                    .containsExactly(
                            new Budget("paid.sendsPerDay", 2, Period.DAY),
                            new Budget("paid.readsPerMonth", 0, Period.MONTH));
        }
    }

    @Test
    void refusalSaysUntilWhenAndIsTriedAgainThenOrWithinAnHour() {
        Instant late = Instant.parse("2026-12-31T23:30:00Z");
        io.dragoman.connector.Outcome.Retry day =
                (io.dragoman.connector.Outcome.Retry) new Budget("a.b", 7, Period.DAY).refusal(late);
        assertThat(day.reason()).isEqualTo(Reason.BUDGET_EXHAUSTED);
        assertThat(day.detail()).isEqualTo("a.b: 7 is reached until 2027-01-01T00:00:00Z");
        assertThat(day.after()).isEqualTo(java.time.Duration.ofMinutes(30));
        io.dragoman.connector.Outcome.Retry month = (io.dragoman.connector.Outcome.Retry)
                new Budget("a.b", 7, Period.MONTH).refusal(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(month.detail()).isEqualTo("a.b: 7 is reached until 2026-03-01T00:00:00Z");
        assertThat(month.after()).isEqualTo(java.time.Duration.ofHours(1));
    }
}
