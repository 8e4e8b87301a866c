// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/** What somebody may do, the least first: each may do everything that those before it may. */
public enum Role {
    /** Looks. */
    VIEWER,
    /** Works with customers: answers, notes, tags, assigns, closes, merges. */
    AGENT,
    /** Runs the gateway: everything. */
    OPERATOR;

    /** Whether this role may do what that one may. */
    public boolean includes(Role least) {
        return compareTo(least) >= 0;
    }
}
