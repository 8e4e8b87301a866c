// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.retention;

import io.dragoman.store.AgedRows.Kind;
import io.dragoman.store.AgedRows.Page;
import io.dragoman.store.RetentionPolicy;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.blob.MediaStore;
import io.dragoman.work.RedactedStackTrace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases what is older than it is to be kept, a little at a time: after each step it rests for several times as long as that
 * took, so that messages go first. It remembers nothing: what a process that ended left over is found again by its age, and
 * files by their list. Several gateways on one store may do it at once.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofHours(6);
    private static final int AT_ONCE = 1_000;
    private static final int MOST_ERASED = 50;
    private static final int RESTS = 4;
    /** So many requests of events that wait or are dead are known at once; with more of them, the bytes of all stay. */
    private static final int MOST_HELD = 100_000;
    /** An event comes from its request so much later at most, but for one that could not be read. */
    private static final Duration LATEST_EVENT = Duration.ofDays(1);
    /** Who keeps bytes stores their row sooner than that. */
    private static final Duration UNDER_WAY = Duration.ofHours(1);

    private final Store store;
    private final MediaStore files;
    private final RetentionPolicy policy;
    private final Supplier<String> ids;
    private final BiConsumer<String, Long> counter;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;

    /**
     * @param ids makes ids much of which cannot be guessed
     * @param counter is told what was erased, and how much of it
     */
    public Retention(
            Store store,
            MediaStore files,
            RetentionPolicy policy,
            Supplier<String> ids,
            BiConsumer<String, Long> counter,
            Clock clock) {
        this.store = store;
        this.files = files;
        this.policy = policy;
        this.ids = ids;
        this.counter = counter;
        this.clock = clock;
    }

    /** Begins a little after the start, and again every few hours; does nothing where everything is kept. */
    public void start() {
        if (policy.erases()) {
            thread = new Thread(this::run, "retention");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            boolean over = stop.await(FIRST.toMillis(), TimeUnit.MILLISECONDS);
            while (!over) {
                pass();
                over = stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once through everything. Blocks; what fails is tried again with the next pass. */
    public void pass() throws InterruptedException {
        Map<String, Long> counts = new TreeMap<>();
        try {
            long now = clock.millis();
            Set<String> held = erase(Kind.EVENTS, policy.requests(), now, Set.of(), counts);
            if (policy.requests() != null && held.size() < MOST_HELD) {
                erase(Kind.REQUESTS, policy.requests().plus(LATEST_EVENT), now, held, counts);
            } else if (policy.requests() != null) {
                LOG.warn(
                        "retention: the bytes of requests stay, for {} or more of them wait or are dead: ./dragoman dead",
                        MOST_HELD);
            }
            erase(Kind.MEDIA, policy.media(), now, Set.of(), counts);
            erase(Kind.CONVERSATIONS, policy.conversations(), now, Set.of(), counts);
            erase(Kind.CONTACTS, policy.contacts(), now, Set.of(), counts);
            files(counts);
        } catch (StoreException e) {
            LOG.warn("retention: stopped by the store, and goes on with the next pass: {}", e.getMessage());
        } catch (RuntimeException e) { // whatever it is, the next pass tries again
            LOG.error("retention: stopped, and goes on with the next pass: {}", RedactedStackTrace.of(e));
        }
        counts.values().removeIf(count -> count == 0);
        counts.forEach(counter);
        if (!counts.isEmpty()) {
            LOG.info("retention: erased by age {}", counts);
        }
    }

    /** Gives the requests of the events that stay. */
    private Set<String> erase(Kind kind, @Nullable Duration age, long now, Set<String> kept, Map<String, Long> counts)
            throws InterruptedException {
        Set<String> held = new HashSet<>();
        long before = age == null ? 0 : now - age.toMillis();
        String after = age == null ? null : "";
        while (after != null && stop.getCount() > 0) {
            String from = after;
            Page page = store.read(tx -> tx.agedRows().page(kind, from, before, AT_ONCE));
            if (held.size() < MOST_HELD) {
                held.addAll(page.held());
            }
            List<String> due =
                    page.due().stream().filter(id -> !kept.contains(id)).toList();
            for (int i = 0; i < due.size() && stop.getCount() > 0; i += MOST_ERASED) {
                step(kind, due.subList(i, Math.min(i + MOST_ERASED, due.size())), before, counts);
            }
            after = page.last();
        }
        return held;
    }

    private void step(Kind kind, List<String> due, long before, Map<String, Long> counts) throws InterruptedException {
        String salt = ids.get() + ids.get() + ids.get();
        long now = clock.millis();
        long begun = System.nanoTime();
        store.writeAndWait(tx -> tx.agedRows().erase(kind, due, before, salt, now))
                .forEach((what, count) -> counts.merge(what, count, Long::sum));
        stop.await((System.nanoTime() - begun) * RESTS, TimeUnit.NANOSECONDS);
    }

    /** Files follow their rows: one that is left over by a process that ended is listed still. */
    private void files(Map<String, Long> counts) {
        String after = "";
        for (List<String> page = unused(after); !page.isEmpty() && stop.getCount() > 0; page = unused(after)) {
            page.forEach(file -> file(file, counts));
            after = page.get(page.size() - 1);
        }
    }

    private List<String> unused(String after) {
        return store.read(tx -> tx.agedRows().unusedFiles(after, AT_ONCE));
    }

    private void file(String file, Map<String, Long> counts) {
        try {
            boolean used = store.read(tx -> tx.agedRows().isUsed(file));
            if (used || files.deleteOlder(file, clock.instant().minus(UNDER_WAY))) {
                store.writeAndWait(tx -> {
                    tx.agedRows().forgetFile(file);
                    return true;
                });
                counts.merge("files", used ? 0L : 1L, Long::sum);
            }
        } catch (IOException e) {
            LOG.warn("retention: a file cannot be deleted now, and is tried again: {}", e.getMessage());
        }
    }

    /** Ends after the step that is under way. */
    @Override
    public void close() {
        stop.countDown();
        if (thread != null) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
