// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to happen in a conversation at a time.
 *
 * @param id of this timer; one that takes its place has another
 * @param kind whose it is, in a word: who sets timers of a kind handles them when they fire
 * @param key no two timers have the same
 * @param due when it fires
 * @param contact whom it is about, where that is not the conversation's contact; null otherwise
 * @param payload JSON of the kind's own
 * @param event the id of the event that set it
 */
public record Timer(
        String id,
        String kind,
        String key,
        Instant due,
        String conversation,
        @Nullable String contact,
        String payload,
        String event,
        Instant setAt) {
    public Timer {
        Require.notBlank(id, "id");
        Require.notBlank(kind, "kind");
        Require.notBlank(key, "key");
        Require.notBlank(conversation, "conversation");
        Require.notBlank(event, "event");
    }

    /** Without the payload, which may hold what a customer is to be told. */
    @Override
    public String toString() {
        return "Timer[" + kind + " " + id + "]";
    }
}
