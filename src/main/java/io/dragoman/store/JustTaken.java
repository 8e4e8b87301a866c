// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that were taken in just now, by id, so that their journey need not read back what the store has only just taken;
 * so many and so long ones at most. For the writer's thread.
 */
final class JustTaken {
    private static final int MOST = 4_000;
    private static final int LONGEST = 2_000;

    private final Map<String, Event> events = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Event> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Remembers an event.
     *
     * @param content how it is stored: its length says how much memory it takes
     */
    void add(String id, Event event, String content) {
        if (content.length() <= LONGEST) {
            events.put(id, event);
        }
    }

    @Nullable
    Event remove(String id) {
        return events.remove(id);
    }
}
