// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.model.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far an account's archive is stored. Immutable.
 *
 * @param batch counts the batches, so that a commit shows
 * @param begun whether it is known where the archive stood at the first login
 * @param after the archive's id of the last message; null while it is empty
 * @param at when that was, in case the archive has it no longer; null before anything was
 * @param rooms what of each room is stored, by its address
 */
record XmppPosition(
        long batch,
        boolean begun,
        @Nullable String after,
        @Nullable Instant at,
        Map<String, Stored> rooms) {
    private static final XmppPosition FIRST = new XmppPosition(0, false, null, null, Map.of());

    /**
     * What is stored of a room.
     *
     * @param from when it was joined first; nothing from before is taken
     * @param until the time of the last message
     */
    record Stored(Instant from, Instant until) {}

    @SuppressWarnings("NullAway") // positions of before there were rooms have none
    XmppPosition {
        rooms = rooms == null ? Map.of() : Map.copyOf(rooms);
    }

    static XmppPosition read(String position) {
        return position.isEmpty() ? FIRST : Json.read(position, XmppPosition.class);
    }

    /** The next batch, which ends at a message; null leaves the place. */
    XmppPosition next(@Nullable String id, Instant now) {
        return id == null
                ? new XmppPosition(batch + 1, begun, after, at, rooms)
                : new XmppPosition(batch + 1, true, id, now, rooms);
    }

    /** Where the archive stands before anything is taken from it. */
    XmppPosition begin(@Nullable String last, Instant now) {
        return new XmppPosition(batch + 1, true, last, now, rooms);
    }

    /** The next batch, with which rooms are stored until a time. */
    XmppPosition rooms(Collection<String> which, Instant until) {
        Map<String, Stored> all = new TreeMap<>(rooms);
        for (String room : which) {
            Stored before = rooms.get(room);
            all.put(room, new Stored(before == null ? until : before.from(), until));
        }
        return new XmppPosition(batch + 1, begun, after, at, all);
    }

    String write() {
        return Json.write(this);
    }
}
