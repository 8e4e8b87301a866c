// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the polls of one account know between them, and can ask for again. For one thread.
 *
 * @param me the account's user id
 */
record SyncMemory(String me, RoomMembers members, Map<String, Seen> events) {
    private static final int EVENTS = 2000;

    SyncMemory(ApiClient api, String me) {
        this(me, new RoomMembers(api, me), RoomMembers.bounded(EVENTS));
    }

    /**
     * An event.
     *
     * @param own whether our account sent it
     * @param at when, by its server's clock, in milliseconds
     */
    record Seen(boolean own, long at) {}

    void saw(String event, boolean own, long at) {
        events.put(event, new Seen(own, at));
    }

    @Nullable
    Seen seen(String event) {
        return events.get(event);
    }

    /** Whether it is known to be ours. */
    boolean own(String event) {
        Seen seen = events.get(event);
        return seen != null && seen.own();
    }

    @Override
    public String toString() {
        return "SyncMemory[" + events.size() + "]";
    }
}
