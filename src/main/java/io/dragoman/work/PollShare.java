// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which accounts a gateway may poll of those that several could: no more than its share of all that are to be polled,
 * but for such as nobody else takes. Decides alone, from what was heard of the others: the store alone says whose
 * turn it is. Times are those of {@link System#nanoTime()}. Thread-safe.
 */
final class PollShare {
    /** So long an account is left to those that have less than their share. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** An account that nobody else took is not given up again so soon: a session may be dear to open. */
    static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Set<String> wanted = new HashSet<>();
    private final Set<String> held = new HashSet<>();
    private final Map<String, Long> freeSince = new HashMap<>();
    private final Map<String, Long> keptSince = new HashMap<>();
    private Set<String> others = Set.of();
    private Map<String, Integer> theirs = Map.of();

    /**
     * Hears of the other gateways.
     *
     * @param present those that are there
     * @param pollers who polls, once for each account
     */
    synchronized void hear(Set<String> present, Collection<String> pollers) {
        if (!present.equals(others)) {
            keptSince.clear();
        }
        others = Set.copyOf(present);
        Map<String, Integer> counts = new HashMap<>();
        pollers.forEach(poller -> counts.merge(poller, 1, Integer::sum));
        theirs = counts;
    }

    /** Whether an account that is free may be taken here; it counts as held then, until {@link #release}. */
    synchronized boolean take(String account, long now) {
        wanted.add(account);
        if (held.size() >= most()) {
            if (now - freeSince.computeIfAbsent(account, free -> now) < PATIENCE_NANOS) {
                return false;
            }
            keptSince.put(account, now);
        }
        freeSince.remove(account);
        held.add(account);
        return true;
    }

    /** Another gateway polls an account that is to be polled here too. */
    synchronized void elsewhere(String account) {
        wanted.add(account);
        freeSince.remove(account);
    }

    /** An account is no longer polled here. */
    synchronized void release(String account) {
        held.remove(account);
        keptSince.remove(account);
    }

    /** An account is no longer to be polled here. */
    synchronized void forget(String account) {
        wanted.remove(account);
        freeSince.remove(account);
    }

    /** One that is to be given up, because this gateway has more than its share, and another less. */
    synchronized Optional<String> surplus(long now) {
        int most = most();
        if (held.size() <= most || others.stream().allMatch(other -> theirs.getOrDefault(other, 0) >= most)) {
            return Optional.empty();
        }
        return held.stream()
                .filter(account -> !keptSince.containsKey(account) || now - keptSince.get(account) >= KEEP_NANOS)
                .sorted()
                .findFirst();
    }

    private int most() {
        int gateways = others.size() + 1;
        return gateways == 1 ? Integer.MAX_VALUE : (wanted.size() + gateways - 1) / gateways;
    }
}
