// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.List;

/** A channel whose provider charges for what is done, which an operator can bound. */
public interface Paid {

    /** What bounds an account; its uses are counted by {@link Transport#spend}. */
    List<Budget> budgets(Account account);
}
