// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/** How far a message of ours got. Only ever moves forward: see {@link #after}. */
public enum Status {
    QUEUED,
    SENT,
    DELIVERED,
    READ,
    FAILED;

    /**
     * The status after {@code news} arrived. Receipts are unordered: what was delivered or read is never undone, and
     * a failure after a mere "sent" counts.
     */
    public Status after(Status news) {
        if (news == FAILED) {
            return this == DELIVERED || this == READ ? this : FAILED;
        }
        if (this == FAILED) {
            return news == DELIVERED || news == READ ? news : this;
        }
        return news.compareTo(this) > 0 ? news : this;
    }
}
