// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Budget;
import io.dragoman.connector.Budget.Period;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is spent, on any store. */
abstract class BudgetsContract {
    private static final Instant NOW = Instant.parse("2026-11-30T23:59:59Z");
    private static final Budget DAY = new Budget("day", 3, Period.DAY);
    private static final Budget MONTH = new Budget("month", 5, Period.MONTH);

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    private static Optional<Budget> take(Store store, int uses, Instant now) {
        return store.writeAndWait(tx -> tx.budgets().take("x", List.of(DAY, MONTH), uses, now));
    }

    @Test
    void budgetShouldBeTakenWholeOrNotAndBeginAnewWithItsPeriod() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            assertThat(take(store, 2, NOW)).isEmpty();
            assertThat(take(store, 2, NOW)).contains(DAY);
            assertThat(take(store, 1, NOW)).isEmpty();
            assertThat(take(store, 1, NOW)).contains(DAY);
            Instant tomorrow = NOW.plusSeconds(1); // another month too
            assertThat(take(store, 3, tomorrow)).isEmpty();
            Instant after = tomorrow.plusSeconds(86_400);
            assertThat(take(store, 3, after)).contains(MONTH);
            assertThat(take(store, 2, after)).isEmpty();
            assertThat(take(store, 1, after)).contains(MONTH);
            store.writeAndWait(tx -> {
                tx.budgets().giveBack("x", List.of(DAY, MONTH), 1, after);
                return true;
            });
            assertThat(take(store, 1, after)).isEmpty();
            assertThat(store.<Optional<Budget>>writeAndWait(tx -> tx.budgets().take("other", List.of(DAY), 3, after)))
                    .isEmpty();
        }
    }

    @Test
    void whatWasTakenYesterdayIsNotGivenBackToday() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            Instant tomorrow = NOW.plusSeconds(1);
            take(store, 2, NOW);
            take(store, 3, tomorrow);
            store.writeAndWait(tx -> {
                tx.budgets().giveBack("x", List.of(DAY), 2, NOW);
                return true;
            });
            assertThat(take(store, 1, tomorrow)).contains(DAY);
        }
    }

    @Test
    void budgetOfZeroAllowsNothingAndRestartsForgetNothing() {
        try (TestStore test = fresh(folder)) {
            try (Store store = test.open(failure -> {})) {
                assertThat(store.<Optional<Budget>>writeAndWait(
                                tx -> tx.budgets().take("x", List.of(new Budget("none", 0, Period.DAY)), 1, NOW)))
                        .isPresent();
                take(store, 3, NOW);
            }
            try (Store store = test.open(failure -> {})) {
                assertThat(take(store, 1, NOW)).contains(DAY);
            }
        }
    }

    @Test
    void gatewaysAtOnceTakeNoMoreThanThereIs() {
        try (TestStore test = fresh(folder);
                Store one = test.open(failure -> {});
                Store other = one.shared() ? test.open(failure -> {}) : null) {
            Store two = other == null ? one : other;
            Budget budget = new Budget("both", 20, Period.DAY);
            List<CompletableFuture<Optional<Budget>>> taken = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                taken.add((i % 2 == 0 ? one : two).write(tx -> tx.budgets().take("x", List.of(budget), 1, NOW)));
            }
            assertThat(taken.stream().filter(done -> done.join().isEmpty())).hasSize(20);
        }
    }
}
