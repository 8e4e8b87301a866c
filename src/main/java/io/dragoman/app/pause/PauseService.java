// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.pause;

import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.store.Store;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Stops what goes out to a channel or desk, or one lane, and lets it go on. What comes in is still taken. Blocks. */
public final class PauseService {
    private static final int MOST_HURRIED = 1_000;

    private final Store store;
    private final Predicate<String> known;
    private final Consumer<String> resumed;
    private final AuditTrail audit;
    private final Clock clock;

    /**
     * @param known whether there is a channel or desk of this id
     * @param resumed is told which channel or desk goes on, so that nothing of its failures before counts
     */
    public PauseService(Store store, Predicate<String> known, Consumer<String> resumed, AuditTrail audit, Clock clock) {
        this.store = store;
        this.known = known;
        this.resumed = resumed;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public enum Result {
        DONE,
        /** There is no channel, desk or lane of this name. */
        UNKNOWN,
        /** There is, but it is not paused. */
        NOT_PAUSED;

        /** A sentence for who asked; empty when it is done. */
        public String about(String id) {
            return switch (this) {
                case DONE -> "";
                case UNKNOWN -> "There is no channel, desk or lane of the name " + id + ".";
                case NOT_PAUSED -> id + " is not paused.";
            };
        }
    }

    /** Pauses a channel, a desk, or else a lane. */
    public Result pause(String id, String reason, Actor actor) {
        long now = clock.millis();
        return store.writeAndWait(tx -> {
            if (known.test(id)) {
                tx.pauses().pause(id, reason, now);
            } else if (!tx.lanes().pause(id, reason)) {
                return Result.UNKNOWN;
            }
            audit.note(tx, actor, "pause", named(id), null);
            return Result.DONE;
        });
    }

    /** Resumes what is paused, also where it is not configured any more. */
    public Result resume(String id, Actor actor) {
        long now = clock.millis();
        resumed.accept(id);
        return store.writeAndWait(tx -> {
            boolean target = tx.pauses().resume(id);
            if (target) {
                tx.deliveries().hurryTarget(id, now, MOST_HURRIED); // also what the other side asked to wait with
            }
            if (target || tx.lanes().resume(id)) {
                audit.note(tx, actor, "resume", named(id), null);
                return Result.DONE;
            }
            return known.test(id) || tx.lanes().exists(id) ? Result.NOT_PAUSED : Result.UNKNOWN;
        });
    }

    /** The lane of what comes in has a customer's address, which no line of the audit log holds. */
    private static String named(String id) {
        String[] parts = id.split("/", 3);
        return parts[0].equals("in") && parts.length == 3 ? parts[0] + "/" + parts[1] : id;
    }
}
