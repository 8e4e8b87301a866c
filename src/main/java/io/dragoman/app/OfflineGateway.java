// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.dragoman.app.agent.AgentCommands;
import io.dragoman.app.approval.ApprovalService;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.contact.AttributeChanges;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.app.orphan.DeskMove;
import io.dragoman.app.pause.PauseService;
import io.dragoman.app.person.PersonErasure;
import io.dragoman.app.query.ConversationSearch;
import io.dragoman.store.Store;
import io.dragoman.store.StoreCopy;
import io.dragoman.store.StoreException;
import io.dragoman.store.StoreReader;
import io.dragoman.store.StoreUrl;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;

/** The use cases on the store itself: to look beside a running gateway, to change something while none runs. */
public final class OfflineGateway {
    private final StoreUrl url;
    private final Path data;
    private final MediaStore files;
    private final Clock clock;

    /** @param data the folder for files beside the store */
    public OfflineGateway(StoreUrl url, Path data, MediaStore files, Clock clock) {
        this.url = url;
        this.data = data;
        this.files = files;
        this.clock = clock;
    }

    /** The store cannot be used; the message says why and what to do. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean inUse;

        Unavailable(String message) {
            this(message, false);
        }

        Unavailable(StoreException e) {
            this(String.valueOf(e.getMessage()), e instanceof StoreException.InUse);
        }

        private Unavailable(String message, boolean inUse) {
            super(message, null, false, false);
            this.inUse = inUse;
        }

        /** Whether that is because a gateway runs. */
        public boolean inUse() {
            return inUse;
        }
    }

    /** Whether only one process at a time can use the store. */
    public boolean embedded() {
        return url instanceof StoreUrl.Sqlite;
    }

    /** Whether there is a store to look into; a shared one is asked for that only when it is opened. */
    public boolean exists() {
        return !(url instanceof StoreUrl.Sqlite sqlite) || Files.exists(sqlite.file());
    }

    /** Whether a process holds the store; of a shared one that is unknown. */
    public boolean inUse() {
        return url instanceof StoreUrl.Sqlite sqlite && Store.inUse(sqlite.file());
    }

    /** Looks something up without a lock. */
    public <T> T look(AccountLookup accounts, Function<Queries, T> work) throws Unavailable {
        try (StoreReader reader = StoreReader.open(url)) {
            return work.apply(Queries.of(reader, files, accounts, ConversationSearch.NONE));
        } catch (StoreException.Unusable e) {
            throw new Unavailable(e);
        }
    }

    /**
     * Copies the whole store into an empty one.
     *
     * @return the rows of each table
     */
    public Map<String, Long> copy(StoreUrl to) throws Unavailable {
        if (!exists()) {
            throw new Unavailable("there is no store at " + url + " yet, so there is nothing to copy.");
        }
        try {
            return new StoreCopy(url, to).run();
        } catch (StoreException e) {
            throw new Unavailable(e);
        }
    }

    /**
     * Changes something; no store is made where there is none. What could not be read stays unread: reading it takes
     * the accounts, which only the gateway has. While the
     * configuration is broken, any name that is no lane is taken for a channel's or desk's.
     */
    public <T> T change(AccountLookup accounts, Function<Commands, T> work) throws Unavailable {
        if (url instanceof StoreUrl.Sqlite sqlite && !Files.exists(sqlite.file())) {
            throw new Unavailable(
                    "there is no store at " + sqlite + " yet; the gateway creates it at its first start.");
        }
        TimeBasedEpochGenerator uuids = Generators.timeBasedEpochGenerator();
        try (Store store = Store.open(url, data, 0, failure -> {})) {
            AuditTrail audit = new AuditTrail(store, () -> uuids.generate().toString(), clock);
            return work.apply(new Commands(
                    new AgentCommands(
                            store,
                            (link, desk) -> Optional.empty(),
                            accounts.channel(),
                            () -> uuids.generate().toString(),
                            audit,
                            clock),
                    new DeadLetterService(
                            store, List::of, files, () -> uuids.generate().toString(), audit, clock),
                    new PauseService(
                            store,
                            id -> id.indexOf('/') < 0 && accounts.configured().test(id),
                            id -> {},
                            audit,
                            clock),
                    new ContactService(store, () -> uuids.generate().toString(), audit, clock),
                    new AttributeChanges(store, AttributeChanges.Changed.NOTHING, audit, clock),
                    new DeskMove(store, accounts.configured(), accounts.desk(), accounts.helpdesk(), audit, clock),
                    new PersonErasure(
                            store,
                            files,
                            this::forgetIndex,
                            () -> uuids.generate().toString(),
                            audit,
                            clock,
                            Runnable::run),
                    new ApprovalService(store, () -> uuids.generate().toString(), audit, clock),
                    audit));
        } catch (StoreException e) {
            throw new Unavailable(e);
        } catch (CompletionException e) {
            throw new Unavailable(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    /** The gateway fills the index anew at its next start. */
    private void forgetIndex() {
        Path folder = data.resolve("search");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the search index in " + folder + " cannot be deleted", e);
        }
    }
}
