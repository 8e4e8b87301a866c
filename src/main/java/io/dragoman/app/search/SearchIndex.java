// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import io.dragoman.app.live.ChangeFollower;
import io.dragoman.app.query.ConversationSearch;
import io.dragoman.store.Changes;
import io.dragoman.store.Changes.Range;
import io.dragoman.store.Conversations;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.Tx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of conversations in a folder, and the thread that fills it from the store: by what changes, and where that is
 * not enough by a walk over all conversations. It holds nothing that the store does not, so that it can be deleted.
 * While nobody searches it looks seldom, puts what changed often once, and shows nothing; a search first has it look.
 * Thread-safe.
 */
public final class SearchIndex implements ConversationSearch, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** A busy conversation changes often meanwhile, and is put once, with all its messages. */
    private static final Duration LOOK_SELDOM = Duration.ofMinutes(5);

    private static final Duration IN_USE = Duration.ofMinutes(1);
    private static final Duration MOST_WAIT = Duration.ofSeconds(1);
    /** So many changes are looked at together, of which many are of the same conversation. */
    private static final int CHANGES = 20_000;

    private static final int AT_ONCE = 200;
    private static final Duration SHOW_EVERY = Duration.ofSeconds(5);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(30);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    private static final Duration FORGET_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PRUNE_EVERY = Duration.ofSeconds(10);
    /** So many rows in a transaction that others wait behind. */
    private static final int PRUNED = 5_000;

    private final Store store;
    private final Path folder;
    private final String ofStore;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(SearchIndex::thread);
    private volatile @Nullable ConversationIndex index;
    private volatile boolean complete;
    private volatile Instant searched = Instant.MIN;
    private volatile Instant looked;
    private ChangeFollower follower = new ChangeFollower(0);
    /** The last conversation that the walk reached; null when it is over. */
    private @Nullable String walked;

    private boolean changed;
    /** What was put is not shown yet. */
    private volatile boolean hidden;

    private Instant shown = Instant.MIN;
    private boolean told;
    private Instant committed;
    private Instant forgot;
    private Instant pruned;

    /**
     * @param folder of the index alone; where another gateway has one there, a folder beside it is taken
     * @param ofStore names the store: the index of another is none of this
     */
    public SearchIndex(Store store, Path folder, String ofStore, Clock clock) {
        this.store = store;
        this.folder = folder;
        this.ofStore = ofStore;
        this.clock = clock;
        Instant now = clock.instant();
        looked = now;
        committed = now;
        forgot = now;
        pruned = now;
        long every = LOOK_EVERY.toMillis();
        thread.scheduleWithFixedDelay(this::lookWhenDue, every, every, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "search-index");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Optional<Hits> find(String words, Conversations.Filter filter, long before, String beforeId, int most) {
        boolean looked = lookNow();
        ConversationIndex now = index;
        if (now == null) {
            return Optional.empty();
        }
        try {
            boolean whole = looked && complete;
            return Optional.of(new Hits(now.find(words, filter, before, beforeId, most), whole));
        } catch (IOException | RuntimeException e) {
            LOG.warn("search: failed with {}", e.getClass().getName());
            return Optional.empty();
        }
    }

    @Override
    public void forget() {
        try {
            thread.submit(this::forgetAll).get(FORGET_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway is stopping");
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            throw new IllegalStateException("the search index cannot be made anew now", e);
        }
    }

    private boolean forgetAll() throws IOException {
        complete = false;
        ConversationIndex now = index == null ? open() : index;
        now.empty();
        follower = new ChangeFollower(
                store.read(tx -> tx.changes().range()).map(Range::last).orElse(0L));
        walked = "";
        changed = true;
        return true;
    }

    private void lookWhenDue() {
        Instant now = clock.instant();
        if (now.isBefore(searched.plus(IN_USE)) || !now.isBefore(looked.plus(LOOK_SELDOM)) || now.isBefore(looked)) {
            look();
        }
        prune();
    }

    /** Waits for what came in before; not while it is filled, which takes long. False where there was more than that. */
    private boolean lookNow() {
        Instant now = clock.instant();
        searched = now;
        if (index != null && (!complete || (!hidden && now.isBefore(looked.plus(LOOK_EVERY))))) {
            return true;
        }
        try {
            thread.submit(this::look).get(MOST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.debug("search: {}", e.toString());
        }
        return false;
    }

    private void look() {
        Instant begun = clock.instant();
        try {
            ConversationIndex now = index == null ? open() : index;
            boolean more = true;
            while (more && !thread.isShutdown()) {
                more = fillOrGoBack(now);
                show(now, !more);
                keep(now);
            }
        } catch (StoreException e) {
            LOG.debug("search: {}", e.getMessage());
        } catch (IOException | RuntimeException e) { // or it would never be filled again
            if (!told) {
                told = true;
                LOG.warn(
                        "search: the index in {} cannot be used now ({}); it is tried again, and is made anew if you stop the"
                                + " gateway and delete the folder",
                        folder,
                        e.toString());
            }
        } finally {
            looked = begun; // who searches meanwhile waits for the next one
        }
    }

    /** Of the journal that all this reads. */
    private void prune() {
        if (!clock.instant().isAfter(pruned.plus(PRUNE_EVERY))) {
            return;
        }
        pruned = clock.instant();
        try {
            boolean more = true;
            while (more && !thread.isShutdown()) {
                more = store.writeAndWait(tx -> tx.changes().prune(Changes.KEPT, PRUNED));
            }
        } catch (RuntimeException e) { // or it would never look again
            LOG.debug("search: the journal is kept longer: {}", e.toString());
        }
    }

    private ConversationIndex open() throws IOException {
        Range range = store.read(tx -> tx.changes().range()).orElse(new Range(1, 0));
        ConversationIndex opened = new IndexFolders(folder).open();
        IndexNotes notes = IndexNotes.read(opened.notes());
        if (!notes.ofStore(ofStore) || notes.place() > range.last()) {
            opened.clear();
            notes = IndexNotes.NONE;
        }
        if (notes.place() >= 0 && notes.place() >= range.first() - 1) {
            follower = new ChangeFollower(notes.place());
            walked = notes.walked();
        } else {
            follower = new ChangeFollower(range.last());
            walked = "";
        }
        opened.show();
        index = opened;
        return opened;
    }

    /** What was not put for a failure is read again. */
    private boolean fillOrGoBack(ConversationIndex now) throws IOException {
        long place = follower.settled();
        String reached = walked;
        try {
            return fill(now);
        } catch (StoreException e) {
            follower = new ChangeFollower(place);
            walked = reached;
            throw e;
        } catch (IOException | RuntimeException e) {
            index = null; // opened anew, and filled from what was committed
            now.abandon();
            throw e;
        }
    }

    /** One portion; whether there is more at once. */
    private boolean fill(ConversationIndex now) throws IOException {
        List<String> ids = store.read(this::follow);
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
            List<Versioned> found = store.read(tx -> tx.conversations().all(some));
            put(now, found);
            remove(now, some, found);
        }
        if (walked == null) {
            return follower.behind();
        }
        String after = walked;
        List<Versioned> page = store.read(tx -> tx.conversations().inOrder(after, AT_ONCE));
        put(now, page);
        walked = page.size() < AT_ONCE
                ? null
                : page.get(page.size() - 1).conversation().id();
        return true;
    }

    private List<String> follow(Tx tx) {
        Range range = tx.changes().range().orElse(new Range(1, 0));
        if (range.first() > follower.highest() + 1) { // another gateway did not keep what this one has not read
            follower = new ChangeFollower(range.last());
            walked = "";
        }
        return List.copyOf(follower.next(tx, CHANGES, clock.instant()));
    }

    private void put(ConversationIndex now, List<Versioned> found) throws IOException {
        for (Versioned one : found) {
            store.read(tx -> now.put(tx, one));
        }
        if (!found.isEmpty()) {
            changed = true;
            hidden = true;
        }
    }

    /** What is in the store no more is found no more. */
    private void remove(ConversationIndex now, List<String> asked, List<Versioned> found) throws IOException {
        Set<String> gone = new HashSet<>(asked);
        found.forEach(one -> gone.remove(one.conversation().id()));
        if (!gone.isEmpty()) {
            now.remove(gone);
            changed = true;
            hidden = true;
        }
    }

    /** While there is much to put, showing each portion would take longer than putting it; and who would look? */
    private void show(ConversationIndex now, boolean last) throws IOException {
        Instant time = clock.instant();
        boolean wanted = time.isBefore(searched.plus(IN_USE));
        if (hidden && wanted && (last || time.isAfter(shown.plus(SHOW_EVERY)) || time.isBefore(shown))) {
            now.show();
            hidden = false;
            shown = time;
        }
        complete = last;
    }

    private void keep(ConversationIndex now) throws IOException {
        Instant time = clock.instant();
        if (changed && time.isAfter(committed.plus(COMMIT_EVERY))) {
            commit(now);
        }
        if (time.isAfter(forgot.plus(FORGET_EVERY))) {
            forgot = time;
            now.forget();
        }
    }

    private void commit(ConversationIndex now) throws IOException {
        committed = clock.instant();
        changed = false;
        now.commit(new IndexNotes(ofStore, follower.settled(), walked).write());
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
            ConversationIndex now = index;
            index = null;
            if (now != null) {
                commit(now);
                now.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warn("search: the index did not close: {}", e.toString());
        }
    }
}
