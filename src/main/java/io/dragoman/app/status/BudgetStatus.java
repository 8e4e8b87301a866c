// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import io.dragoman.connector.Budget;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Paid;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;

/**
 * How much of a budget is used.
 *
 * @param name the setting that bounds it
 * @param until when it begins anew
 */
public record BudgetStatus(String name, int most, long used, Instant until) {
    static List<BudgetStatus> of(Tx tx, ConfiguredAccount configured, Instant now) {
        return configured.connector() instanceof Paid paid
                ? paid.budgets(configured.account()).stream()
                        .map(budget -> of(tx, configured.account().id(), budget, now))
                        .toList()
                : List.of();
    }

    private static BudgetStatus of(Tx tx, String account, Budget budget, Instant now) {
        long used = tx.budgets().used(account, budget, now);
        return new BudgetStatus(
                budget.name(), budget.most(), used, budget.period().end(now));
    }

    boolean exhausted() {
        return used >= most;
    }
}
