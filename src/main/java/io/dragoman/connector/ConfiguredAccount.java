// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** An account and the code that speaks for it. */
public record ConfiguredAccount(Account account, Connector connector) {
    /** What the other side can take. */
    public Limits limits() {
        return connector.limits(account);
    }
}
