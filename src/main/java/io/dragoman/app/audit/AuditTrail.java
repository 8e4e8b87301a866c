// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.audit;

import io.dragoman.store.AuditLog;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who did what: ids and counts, never what anybody wrote. Thread-safe. */
public final class AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    /** What a line says of a change before it is made; a second line says how it ended. */
    private static final String BEGUN = "begun";

    private final Store store;
    private final Supplier<String> ids;
    private final Clock clock;

    /** @param ids makes ids in rising order */
    public AuditTrail(Store store, Supplier<String> ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Writes a line with what is done: both are there after the commit, or neither is.
     *
     * @param action such as {@code agent.replied}
     * @param target the id of what it is done to; null for none
     * @param detail what else is to be known, in words of ours; null for nothing
     */
    public void note(Tx tx, Actor actor, String action, @Nullable String target, @Nullable String detail) {
        tx.audit()
                .append(new AuditLog.Entry(
                        ids.get(), clock.instant(), actor.name(), actor.role(), actor.from(), action, target, detail));
    }

    /**
     * Writes a line about what is about to be done outside of the store, and waits until it is kept: a crash in the middle
     * leaves it. Blocks.
     */
    public void begin(Actor actor, String action, @Nullable String target) {
        store.writeAndWait(tx -> {
            note(tx, actor, action, target, BEGUN);
            return true;
        });
    }

    /** Writes a line about what the store has no part in, such as a login. Does not wait. */
    public void note(Actor actor, String action) {
        note(actor, action, null);
    }

    /** The same about the channel, desk or file that it was done to. */
    public void note(Actor actor, String action, @Nullable String target) {
        note(actor, action, target, null);
    }

    /** The same with what else is to be known. */
    public void note(Actor actor, String action, @Nullable String target, @Nullable String detail) {
        store.write(tx -> {
                    note(tx, actor, action, target, detail);
                    return true;
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warn("audit: the store did not take the line {} of {}", action, actor.name());
                    }
                });
    }
}
