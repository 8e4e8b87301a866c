// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.HelpdeskIdentity;
import io.dragoman.store.KnownDesks.Known;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes which helpdesk each desk speaks to. Where that is another than before while news waits, the desk is paused: what
 * was made for the one must not be settled by the other unseen. When it is the former again, it goes on by itself.
 */
public final class HelpdeskWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HelpdeskWatch.class);

    private HelpdeskWatch() {}

    /** Looks at all desks, before anything is sent with these settings. Blocks. */
    public static void follow(Store store, ConfiguredAccounts accounts, long now) {
        Map<String, HelpdeskIdentity> desks = new TreeMap<>();
        accounts.desks().forEach((id, desk) -> desks.put(id, HelpdeskIdentity.of(desk)));
        desks.values().removeIf(desk -> desk.kind().isEmpty());
        Map<String, HelpdeskIdentity> changed = new TreeMap<>(desks);
        changed.entrySet().removeIf(desk -> store.read(tx -> tx.knownDesks().find(desk.getKey()))
                .filter(known -> of(known).equals(desk.getValue()))
                .isPresent());
        if (!changed.isEmpty()) {
            store.writeAndWait(tx -> {
                changed.forEach((id, desk) -> note(tx, id, desk, now));
                return true;
            });
        }
    }

    private static HelpdeskIdentity of(Known known) {
        return new HelpdeskIdentity(known.kind(), known.place());
    }

    private static void note(Tx tx, String id, HelpdeskIdentity desk, long now) {
        Known before = tx.knownDesks().find(id).orElse(null);
        if (before == null) {
            tx.knownDesks().put(new Known(id, desk.kind(), desk.place(), null, null));
            return;
        }
        HelpdeskIdentity held = made(before);
        boolean waits = tx.orphans().waitsFor(id);
        if (waits && held.isAnotherThan(desk)) {
            String reason = reason(id, held.kind(), desk.kind());
            tx.pauses().resumeWhere(id, sentence(id)); // the former reason names another kind
            tx.pauses().pause(id, reason, now);
            LOG.warn("desk {}: {}", id, reason);
            tx.knownDesks().put(new Known(id, desk.kind(), desk.place(), held.kind(), held.place()));
            return;
        }
        if (before.heldKind() != null && tx.pauses().resumeWhere(id, sentence(id))) {
            LOG.info("desk {}: it is what it was, so what waited for it goes out", id);
        }
        tx.knownDesks().put(new Known(id, desk.kind(), desk.place(), null, null));
    }

    /** What would be paused with these desks, and why. */
    public static Map<String, String> held(Tx tx, Map<String, HelpdeskIdentity> desks) {
        Map<String, String> held = new TreeMap<>();
        desks.forEach((id, desk) -> tx.knownDesks()
                .find(id)
                .map(HelpdeskWatch::made)
                .filter(made -> made.isAnotherThan(desk) && tx.orphans().waitsFor(id))
                .ifPresent(made -> held.put(id, reason(id, made.kind(), desk.kind()))));
        return held;
    }

    /** What the news was made for that waits. */
    private static HelpdeskIdentity made(Known known) {
        return known.heldKind() == null
                ? of(known)
                : new HelpdeskIdentity(known.heldKind(), String.valueOf(known.heldPlace()));
    }

    private static String reason(String id, String former, String now) {
        return sentence(id)
                + (former.equals(now)
                        ? "it is a " + now
                                + " at another address now. The same helpdesk under a new address, or all of it may go"
                                + " there: ./dragoman resume " + id
                        : "it was " + former + " and is " + now + " now. To send all of it there: ./dragoman resume "
                                + id)
                + "; else make it what it was, or give the new one an id of its own";
    }

    private static String sentence(String id) {
        return "news waits that was made for what " + id + " was before: ";
    }
}
