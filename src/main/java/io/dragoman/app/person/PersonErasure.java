// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.person;

import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.model.Role;
import io.dragoman.store.Erasures.Erasure;
import io.dragoman.store.Erasures.Subject;
import io.dragoman.store.Erasures.Told;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases one person from everything that is kept: first the intention is stored, then the rows go in one transaction, then the
 * files, the search index and what deleted rows left in the database's files. A process that ends in between goes on with it
 * at its next start. Blocks.
 */
public final class PersonErasure {
    private static final Logger LOG = LoggerFactory.getLogger(PersonErasure.class);
    private static final Actor GATEWAY = new Actor("gateway", Role.OPERATOR, "local");

    private final Store store;
    private final MediaStore files;
    private final Runnable forgetIndex;
    private final Supplier<String> ids;
    private final AuditTrail audit;
    private final Clock clock;
    private final Executor beside;

    /**
     * @param forgetIndex leaves nothing in the files of the search index
     * @param ids makes ids in rising order, much of which cannot be guessed
     * @param beside where it is done
     */
    public PersonErasure(
            Store store,
            MediaStore files,
            Runnable forgetIndex,
            Supplier<String> ids,
            AuditTrail audit,
            Clock clock,
            Executor beside) {
        this.store = store;
        this.files = files;
        this.forgetIndex = forgetIndex;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
        this.beside = beside;
    }

    /** Stores that a contact is to be erased, with all that was merged into it; empty where there is no such contact. */
    public Optional<Erasure> begin(String contact, Actor actor) {
        String id = ids.get();
        String salt = ids.get() + ids.get() + ids.get();
        long now = clock.millis();
        return store.writeAndWait(tx -> {
            if (tx.erasures().subject(contact).isEmpty()) {
                return Optional.empty();
            }
            tx.erasures().begin(id, contact, salt, now);
            audit.note(tx, actor, "person.erase", id, null);
            return tx.erasures().find(id);
        });
    }

    public Optional<Erasure> find(String id) {
        return store.read(tx -> tx.erasures().find(id));
    }

    /** Does what was begun and is not done, beside everything else; what fails is done at the next start. */
    public void start() {
        beside.execute(() -> {
            try {
                run();
            } catch (RuntimeException e) {
                LOG.warn(
                        "person: an erasure is not done and goes on at the next start: {}",
                        e.getClass().getName());
            }
        });
    }

    /** The same now. */
    void run() {
        store.read(tx -> tx.erasures().open()).forEach(this::run);
    }

    private synchronized void run(Erasure one) {
        Erasure now = find(one.id()).orElse(one);
        if (now.erasedAt() == null && now.contact() != null) {
            rows(now.id(), now.contact());
            now = find(one.id()).orElse(now);
        } else if (now.erasedAt() == null && now.told() != null) {
            told(now.id(), now.told());
            now = find(one.id()).orElse(now);
        }
        if (now.doneAt() == null) {
            now.files().forEach(this::delete);
            forgetIndex.run();
            store.compact();
            String counts = now.counts().toString();
            store.writeAndWait(tx -> done(tx, one.id(), counts));
            LOG.info("person: erasure {} is done", one.id());
        }
    }

    private void rows(String id, String contact) {
        Optional<Subject> subject = store.read(tx -> tx.erasures().subject(contact));
        PersonFinder finder =
                subject.map(found -> new PersonFinder(found, files)).orElse(null);
        if (finder != null) {
            finder.read(store);
        }
        store.writeAndWait(tx -> erase(tx, id, contact, finder));
    }

    /** What a shop told goes, and with it what came since from work that was under way. */
    private void told(String id, Told told) {
        PersonFinder finder = new PersonFinder(told, files);
        finder.read(store);
        store.writeAndWait(tx -> {
            tx.erasedRows().erase(id, told, finder.rest(tx), clock.millis());
            return true;
        });
    }

    private boolean erase(Tx tx, String id, String contact, @Nullable PersonFinder finder) {
        Subject now = tx.erasures().subject(contact).orElse(new Subject(List.of(), List.of(), Set.of()));
        PersonFinder found = finder == null ? new PersonFinder(now, files) : finder;
        tx.erasedRows().erase(id, now, found.rest(tx, now), clock.millis());
        return true;
    }

    private boolean done(Tx tx, String id, String counts) {
        tx.erasures().done(id, clock.millis());
        audit.note(tx, GATEWAY, "person.erased", id, counts);
        return true;
    }

    private void delete(String file) {
        try {
            files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("a media file cannot be deleted", e);
        }
    }
}
