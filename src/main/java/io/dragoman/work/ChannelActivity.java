// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Each account's last success: health means progress, not "connected". Thread-safe. */
public final class ChannelActivity {
    private static final int MOST_REFUSALS = 20;

    private final Map<String, Poll> polls = new ConcurrentHashMap<>();
    private final Map<String, Intake> intakes = new ConcurrentHashMap<>();
    private final Map<String, Deque<Refusal>> refusals = new ConcurrentHashMap<>();

    /**
     * The state of one account's polling.
     *
     * @param succeededAt when a poll last came back with everything stored; null for never
     * @param failures polls in a row that failed
     * @param problem why the last one failed, or what is wrong although it did not; null when all is well
     * @param refusedUntil when a refused login is tried again; null where none was refused
     */
    public record Poll(
            @Nullable Instant succeededAt,
            int failures,
            @Nullable String problem,
            @Nullable Instant refusedUntil) {}

    public void succeeded(String account, Instant now, @Nullable String problem) {
        polls.put(account, new Poll(now, 0, problem, null));
    }

    public int failed(String account, String problem) {
        return failed(account, problem, null);
    }

    /** A failure that only time or another password ends. */
    public void loginRefused(String account, String problem, Instant until) {
        failed(account, problem, until);
    }

    private int failed(String account, String problem, @Nullable Instant refusedUntil) {
        return polls.merge(
                        account,
                        new Poll(null, 1, problem, refusedUntil),
                        (before, now) -> new Poll(before.succeededAt(), before.failures() + 1, problem, refusedUntil))
                .failures();
    }

    /**
     * What came in for one account since the start.
     *
     * @param at when something was last accepted
     * @param events accepted, without the duplicates
     */
    public record Intake(Instant at, long events, long duplicates) {}

    /** Notes what was accepted. */
    public void accepted(String account, Instant now, long events, long duplicates) {
        intakes.merge(
                account,
                new Intake(now, events, duplicates),
                (before, more) -> new Intake(
                        more.at(), before.events() + more.events(), before.duplicates() + more.duplicates()));
    }

    /**
     * A request that was not authentic.
     *
     * @param reason a clause that quotes nothing of it
     */
    public record Refusal(Instant at, int status, String reason) {}

    /** Notes that something was refused; the last twenty of each account are remembered. */
    public void refused(String account, Refusal refusal) {
        refusals.compute(account, (id, before) -> {
            Deque<Refusal> all = before == null ? new ArrayDeque<>() : new ArrayDeque<>(before);
            all.addFirst(refusal);
            if (all.size() > MOST_REFUSALS) {
                all.removeLast();
            }
            return all;
        });
    }

    /** What was refused for an account since the start, the latest first. */
    public List<Refusal> refusals(String account) {
        Deque<Refusal> all = refusals.get(account);
        return all == null ? List.of() : List.copyOf(all);
    }

    /** What came in for an account; null for nothing yet. */
    public @Nullable Intake intake(String account) {
        return intakes.get(account);
    }

    /** All polled accounts that tried at least once. */
    public Map<String, Poll> all() {
        return new TreeMap<>(polls);
    }
}
