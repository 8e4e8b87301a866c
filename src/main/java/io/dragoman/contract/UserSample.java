// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import java.util.Optional;

/** What the checks need to know of a connector whose customers may prove who they are, but need not. */
public interface UserSample extends WebhookSample {
    /** Whether one who proves it by the secrets of {@link #account()} is let in by this account; empty where nobody does. */
    Optional<Boolean> letsIn(Account account);
}
