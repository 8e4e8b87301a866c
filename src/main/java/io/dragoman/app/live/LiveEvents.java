// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.live;

import io.dragoman.app.status.GatewayStatus;
import io.dragoman.app.status.GatewaySummary;
import io.dragoman.store.Changes;
import io.dragoman.store.Changes.Range;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.StoreException;
import io.dragoman.store.Tx;
import io.dragoman.work.ChannelActivity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who listens what changes, whichever gateway changed it: one look into the store for all of them, and none while
 * nobody listens. Thread-safe.
 */
public final class LiveEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);
    private static final long LOOK_MILLIS = 300;
    private static final Duration FIGURES_EVERY = Duration.ofSeconds(2);
    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_EACH = 20;
    /** Who missed more conversations than that loads the list anew sooner than it reads all of them. */
    private static final int MOST_MISSED = 2_000;

    private final ReadAccess store;
    private final GatewaySummary summary;
    private final GatewayStatus status;
    private final ChannelActivity activity;
    private final Clock clock;
    private final int most;
    /** Who listens, and whose it is. */
    private final Map<Listener, String> listeners = new ConcurrentHashMap<>();

    private final Queue<Joining> joining = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(LiveEvents::thread);
    private Map<String, AccountLook> health = Map.of();
    private @Nullable ChangeFollower follower;
    private @Nullable LiveFigures figures;
    private Instant figuresDue = Instant.MIN;
    /** How many people were erased by the last look; less than 0 while nobody has listened. */
    private long erasures = -1;

    /** @param most how many may listen */
    public LiveEvents(
            ReadAccess store,
            GatewayStatus status,
            GatewaySummary summary,
            ChannelActivity activity,
            Clock clock,
            int most) {
        this.store = store;
        this.status = status;
        this.summary = summary;
        this.activity = activity;
        this.clock = clock;
        this.most = most;
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "live-events");
        thread.setDaemon(true);
        return thread;
    }

    /** Who is told. Must not block. */
    public interface Listener {
        void take(List<LiveEvent> events);
    }

    private record Joining(Listener listener, @Nullable Long after) {}

    /**
     * Tells a listener from now on.
     *
     * @param who whose it is: one person leaves room for the others
     * @param after where it was told up to before; null for who is new
     * @return ends that; empty where too many listen, in all or of this person's
     */
    public Optional<Runnable> subscribe(Listener listener, String who, @Nullable Long after) {
        synchronized (listeners) {
            long theirs = listeners.values().stream().filter(who::equals).count();
            if (listeners.size() >= most || theirs >= MOST_EACH) {
                return Optional.empty();
            }
            joining.add(new Joining(listener, after)); // first, so that nothing reaches it before what it missed
            listeners.put(listener, who);
        }
        return Optional.of(() -> listeners.remove(listener));
    }

    private void look() {
        try {
            if (listeners.isEmpty()) {
                joining.clear();
                follower = null;
                figures = null;
                health = Map.of();
                erasures = -1;
                return;
            }
            List<LiveEvent> events = changedOrGoBack();
            Instant now = clock.instant();
            if (!now.isBefore(figuresDue) || figuresDue.isAfter(now.plus(FIGURES_EVERY))) {
                figuresDue = now.plus(FIGURES_EVERY);
                events.addAll(counted());
            }
            if (!events.isEmpty()) {
                listeners.keySet().stream().filter(this::joined).forEach(listener -> listener.take(events));
            }
            welcome();
        } catch (StoreException e) {
            LOG.debug("live events: {}", e.getMessage());
        } catch (RuntimeException e) { // or nobody would ever be told again
            LOG.warn("live events: a look failed with {}", e.getClass().getName());
        }
    }

    private boolean joined(Listener listener) {
        return joining.stream().noneMatch(one -> one.listener() == listener);
    }

    /** What was not told for a failure is read again. */
    private List<LiveEvent> changedOrGoBack() {
        ChangeFollower before = follower;
        long place = before == null ? 0 : before.settled();
        try {
            return store.read(this::changed);
        } catch (RuntimeException e) {
            follower = before == null ? null : new ChangeFollower(place);
            throw e;
        }
    }

    private List<LiveEvent> changed(Tx tx) {
        ChangeFollower following = follower;
        if (following == null) {
            following = new ChangeFollower(tx.changes().range().map(Range::last).orElse(0L));
            follower = following;
        }
        Set<String> ids = following.next(tx, MOST_AT_ONCE, clock.instant());
        List<LiveEvent> events = conversations(tx, ids, following.settled());
        long taken = tx.erasures().taken();
        if (erasures >= 0 && taken != erasures) { // what is erased leaves no change behind
            events.add(LiveEvent.reset(following.settled()));
        }
        erasures = taken;
        return events;
    }

    private static List<LiveEvent> conversations(Tx tx, Set<String> ids, long place) {
        List<LiveEvent> events = new ArrayList<>();
        tx.conversations().all(List.copyOf(ids)).forEach(found -> events.add(LiveEvent.conversation(found)));
        if (!events.isEmpty()) {
            // the last alone: who loses the others to a broken line gets all of them again
            events.set(events.size() - 1, events.get(events.size() - 1).at(place));
        }
        return events;
    }

    private List<LiveEvent> counted() {
        List<LiveEvent> events = new ArrayList<>();
        summary.work().map(LiveFigures::of).filter(now -> !now.equals(figures)).ifPresent(now -> {
            figures = now;
            events.add(LiveEvent.figures(now));
        });
        events.addAll(looked());
        return events;
    }

    /** What changed of channels and desks since the last look; nothing of a first one, which is compared with none. */
    private List<LiveEvent> looked() {
        Map<String, AccountLook> before = health;
        Map<String, AccountLook> now = new HashMap<>();
        status.report().channels().forEach(one -> now.put(one.id(), AccountLook.of(one, activity.refusals(one.id()))));
        health = now;
        if (before.isEmpty()) {
            return List.of();
        }
        List<LiveEvent> events = new ArrayList<>();
        now.forEach((id, look) -> {
            if (!look.equals(before.get(id))) {
                events.add(LiveEvent.health(id, look.state()));
            }
        });
        before.keySet().stream()
                .filter(id -> !now.containsKey(id))
                .forEach(gone -> events.add(LiveEvent.health(gone, AccountLook.OFF)));
        return events;
    }

    /** Between two looks, so that nothing falls between what was missed and what comes. */
    private void welcome() {
        for (Joining one = joining.peek(); one != null; one = joining.peek()) {
            Long after = one.after();
            ChangeFollower following = follower;
            if (following == null) {
                return;
            }
            List<LiveEvent> first = new ArrayList<>();
            if (after == null) {
                first.add(new LiveEvent("", following.settled(), ""));
            } else {
                first.addAll(store.read(tx -> missed(tx, after, following)));
            }
            if (figures != null) {
                first.add(LiveEvent.figures(figures));
            }
            joining.remove();
            one.listener().take(first);
        }
    }

    private static List<LiveEvent> missed(Tx tx, long after, ChangeFollower following) {
        long first = tx.changes().range().map(Range::first).orElse(1L);
        if (after < first - 1 || after > following.highest()) {
            return List.of(LiveEvent.reset(following.settled()));
        }
        Set<String> ids = new LinkedHashSet<>();
        long from = after;
        while (from < following.highest()) {
            List<Changes.Change> page = tx.changes().after(from, MOST_AT_ONCE);
            if (page.isEmpty()) {
                break;
            }
            page.forEach(change -> ids.add(change.conversation()));
            from = page.get(page.size() - 1).seq();
            if (ids.size() > MOST_MISSED) {
                return List.of(LiveEvent.reset(following.settled()));
            }
        }
        List<LiveEvent> events = new ArrayList<>(conversations(tx, ids, following.settled()));
        if (events.isEmpty()) {
            events.add(new LiveEvent("", following.settled(), ""));
        }
        return events;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
