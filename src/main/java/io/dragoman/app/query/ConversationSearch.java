// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.store.Conversations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds conversations by words. Blocks. */
@FunctionalInterface
public interface ConversationSearch {
    /** Where there is nothing to search in. */
    ConversationSearch NONE = (words, filter, before, beforeId, most) -> Optional.empty();

    /**
     * Conversations with all of these words, the last of which may be the beginning of one: by last change, the latest
     * first.
     *
     * @param before only those changed earlier, in milliseconds
     * @param beforeId and of those changed in that very millisecond, the ones with a smaller id
     * @return empty where the index cannot be used now
     */
    Optional<Hits> find(String words, Conversations.Filter filter, long before, String beforeId, int most);

    /** Leaves nothing in the files of what the store had so far: the index is filled anew from what it has now. */
    default void forget() {}

    /** A conversation that was found, as the index knows it. */
    record Hit(String id, Instant updatedAt) {}

    /**
     * What was found.
     *
     * @param complete whether the index holds all that the store does, but for the last seconds
     */
    record Hits(List<Hit> hits, boolean complete) {}
}
