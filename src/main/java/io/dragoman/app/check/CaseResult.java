// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import org.jspecify.annotations.Nullable;

/**
 * How one recorded case ended.
 *
 * @param name the file's, without its ending
 * @param kind what the case is about
 * @param failure what differs; null when it is as expected
 */
public record CaseResult(String name, Kind kind, @Nullable String failure) {
    /**
     * What cases are about; a profile that is shipped has one of each of the first four when it is a channel's, of order and
     * forget when it is a shop's, and of
     * refusal, create, append and reply when it is a desk's.
     */
    public enum Kind {
        MESSAGE,
        RECEIPT,
        REFUSAL,
        SEND,
        /** A conversation that the desk does not know yet. */
        CREATE,
        /** News of one that it knows. */
        APPEND,
        /** An agent's answer. */
        REPLY,
        /** What a helpdesk says of an attempt whose end is unknown. */
        LOOK_UP,
        /** What a helpdesk says when it is asked what changed. */
        POLL,
        /** What a provider knows of a customer. */
        ASK,
        /** What a shop says of an order. */
        ORDER,
        /** What a shop wants erased. */
        FORGET,
        SETTINGS,
        OTHER
    }

    public boolean passed() {
        return failure == null;
    }
}
