// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.Budget;
import io.dragoman.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Counts in the store. Thread-safe. */
public record StoredSpending(Store store, Clock clock) implements GatewayTransport.Spending {
    @Override
    public Optional<Budget> take(String account, List<Budget> budgets, int uses) {
        return store.writeAndWait(tx -> tx.budgets().take(account, budgets, uses, clock.instant()));
    }

    @Override
    public void giveBack(String account, List<Budget> budgets, int uses) {
        store.writeAndWait(tx -> {
            tx.budgets().giveBack(account, budgets, uses, clock.instant());
            return true;
        });
    }

    @Override
    public String toString() {
        return "StoredSpending[…]";
    }
}
