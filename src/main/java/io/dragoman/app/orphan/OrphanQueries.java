// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.orphan;

import io.dragoman.connector.HelpdeskIdentity;
import io.dragoman.store.Orphans;
import io.dragoman.store.ReadAccess;
import io.dragoman.work.HelpdeskWatch;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Looks for what belongs to nobody. Blocks, the longer the more open conversations there are. */
public final class OrphanQueries {
    private static final int EXAMPLES = 3;

    private final ReadAccess store;

    public OrphanQueries(ReadAccess store) {
        this.store = store;
    }

    /**
     * What would be orphaned by a configuration, by id.
     *
     * @param known the channels and desks that it has, those that are switched off among them
     */
    public List<Orphan> without(Predicate<String> known) {
        return store.read(tx -> Orphans.others(tx.orphans().holdings(), known).stream()
                .map(one -> Orphan.of(one, tx.orphans().conversations(one.id(), EXAMPLES)))
                .toList());
    }

    /**
     * Which desks would be another helpdesk than what waits for them was made for: what would be said of each, by its id.
     *
     * @param desks those of a configuration
     */
    public Map<String, String> changed(Map<String, HelpdeskIdentity> desks) {
        return store.read(tx -> HelpdeskWatch.held(tx, desks));
    }
}
