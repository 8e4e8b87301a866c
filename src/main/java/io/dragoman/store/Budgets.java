// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Budget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How much of their budgets accounts have used. */
public final class Budgets {
    private final Sql sql;

    Budgets(Sql sql) {
        this.sql = sql;
    }

    /**
     * Takes some of each, or of none.
     *
     * @param now a period that is over leaves nothing for the next
     * @return the first with too few left; empty when they are taken
     */
    public Optional<Budget> take(String account, List<Budget> budgets, int uses, Instant now) {
        for (Budget budget : budgets) {
            if (add(account, budget, uses, now) > budget.most()) {
                giveBack(account, budgets.subList(0, budgets.indexOf(budget) + 1), uses, now);
                return Optional.of(budget);
            }
        }
        return Optional.empty();
    }

    /** Gives back what was taken in the same period; of one that is over there is nothing to give back. */
    public void giveBack(String account, List<Budget> budgets, int uses, Instant now) {
        for (Budget budget : budgets) {
            sql.update(
                    "UPDATE budget SET used=used-? WHERE account=? AND name=? AND since=? AND used>=?",
                    uses,
                    account,
                    budget.name(),
                    since(budget, now),
                    uses);
        }
    }

    /** How much of one is used. */
    public long used(String account, Budget budget, Instant now) {
        return sql.number(
                "SELECT used FROM budget WHERE account=? AND name=? AND since=?",
                account,
                budget.name(),
                since(budget, now));
    }

    /** The row is locked from here to the commit: of two gateways one waits. */
    private long add(String account, Budget budget, int uses, Instant now) {
        return sql.number(
                "INSERT INTO budget(account,name,since,used) VALUES(?,?,?,?) ON CONFLICT(account,name) DO UPDATE SET"
                        + " used=CASE WHEN budget.since=excluded.since THEN budget.used ELSE 0 END+excluded.used,"
                        + " since=excluded.since RETURNING used",
                account,
                budget.name(),
                since(budget, now),
                uses);
    }

    private static String since(Budget budget, Instant now) {
        return budget.period().of(now).toString();
    }
}
