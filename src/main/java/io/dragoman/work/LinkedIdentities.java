// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.model.Identity;
import io.dragoman.store.Tx;
import java.util.List;

/** Notes that a channel vouches that several identities are one person's. */
public final class LinkedIdentities {
    private LinkedIdentities() {}

    /**
     * Contacts that hold them become one, the oldest; identities that nobody holds are that one's, too.
     *
     * @param cause the event or delivery by which it was learnt: makes the ids of merges
     * @param why for who looks at a merge
     * @return false where nobody holds any of them
     */
    public static boolean apply(Tx tx, String cause, String channel, List<Identity> identities, String why, long now) {
        List<String> holders = tx.merges().holders(channel, identities);
        if (holders.isEmpty()) {
            return false;
        }
        String survivor = holders.get(0);
        for (String other : holders.subList(1, holders.size())) {
            tx.merges().merge(cause + "/" + other, survivor, other, why, now);
        }
        for (Identity identity : identities) {
            if (holders.size() > 1
                    || tx.merges().holders(channel, List.of(identity)).isEmpty()) {
                tx.contacts().addIdentity(channel, survivor, identity);
            }
        }
        return true;
    }
}
