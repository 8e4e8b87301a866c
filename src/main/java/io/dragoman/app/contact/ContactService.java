// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.model.Words;
import io.dragoman.store.Consents.Statement;
import io.dragoman.store.ContactMerges.Merge;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Merges two contacts that are one person, undoes it, and notes what somebody consents to. Blocks. */
public final class ContactService {
    /** The reason of a merge for which none was given. */
    public static final String BY_AN_OPERATOR = "by an operator";

    private final Store store;
    private final Supplier<String> ids;
    private final AuditTrail audit;
    private final Clock clock;

    /** @param ids makes ids in rising order */
    public ContactService(Store store, Supplier<String> ids, AuditTrail audit, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it: a merge, or why there is none. */
    public sealed interface Result {
        /** It is as asked for. */
        record Done(Merge merge) implements Result {}

        /** There is no contact of this id. */
        record Unknown(String contact) implements Result {}

        /** It cannot be done as things are. */
        record Conflict(String why) implements Result {}
    }

    /**
     * Merges two contacts; the older one stays.
     *
     * @param why the reason, which is kept with it
     */
    public Result merge(String one, String other, String why, Actor actor) {
        long now = clock.millis();
        return store.writeAndWait(tx -> noted(tx, actor, "contact.merge", merge(tx, one, other, why, now)));
    }

    private Result merge(Tx tx, String one, String other, String why, long now) {
        if (one.equals(other)) {
            return new Result.Conflict("A contact cannot be merged with itself.");
        }
        for (String contact : List.of(one, other)) {
            if (tx.contacts().find(contact).isEmpty()) {
                return new Result.Unknown(contact);
            }
            Optional<Merge> merged = tx.merges().standing(contact);
            if (merged.isPresent()) {
                return new Result.Conflict("The contact " + contact + " was merged into "
                        + merged.get().survivor() + " already; name that one.");
            }
        }
        return new Result.Done(tx.merges().merge(ids.get(), one, other, why, now));
    }

    /** Undoes the merge by which a contact went into another. */
    public Result unmerge(String merged, Actor actor) {
        long now = clock.millis();
        return store.writeAndWait(tx -> noted(tx, actor, "contact.unmerge", unmerge(tx, merged, now)));
    }

    /**
     * Notes that a contact consents to something, or withdraws it.
     *
     * @param channel where; null for every channel on which they have an address
     * @return the channels on which it is noted; empty where there is no such contact, or none of their addresses there
     */
    public List<String> consent(String contact, @Nullable String channel, Statement said, Actor actor) {
        long now = clock.millis();
        return store.writeAndWait(tx -> {
            List<String> noted = tx.consents().channels(contact).stream()
                    .filter(one -> channel == null || channel.equals(one))
                    .filter(one -> tx.consents().state(one, contact, said, now))
                    .toList();
            if (!noted.isEmpty()) {
                String what = Words.of(said.purpose()) + (said.given() ? " given: " : " withdrawn: ");
                audit.note(tx, actor, "contact.consent", contact, what + String.join(" ", noted));
            }
            return noted;
        });
    }

    private Result noted(Tx tx, Actor actor, String action, Result result) {
        if (result instanceof Result.Done done) {
            audit.note(tx, actor, action, done.merge().survivor(), done.merge().merged());
        }
        return result;
    }

    private static Result unmerge(Tx tx, String merged, long now) {
        if (tx.contacts().find(merged).isEmpty()) {
            return new Result.Unknown(merged);
        }
        Optional<Merge> merge = tx.merges().standing(merged);
        if (merge.isEmpty()) {
            return new Result.Conflict("The contact " + merged + " is not merged into another.");
        }
        Optional<Merge> later = tx.merges().standing(merge.get().survivor());
        if (later.isPresent()) {
            return new Result.Conflict("The contact " + later.get().merged() + " was itself merged into "
                    + later.get().survivor() + " since; un-merge that one first.");
        }
        tx.merges().undo(merge.get(), now);
        return new Result.Done(merge.get());
    }
}
