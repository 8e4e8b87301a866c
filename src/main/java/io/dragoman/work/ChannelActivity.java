// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Each account's last success: health means progress, not "connected". Thread-safe. */
public final class ChannelActivity {
    private final Map<String, Poll> polls = new ConcurrentHashMap<>();
    private final Map<String, Intake> intakes = new ConcurrentHashMap<>();

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

    /** What came in for an account; null for nothing yet. */
    public @Nullable Intake intake(String account) {
        return intakes.get(account);
    }

    /** All polled accounts that tried at least once. */
    public Map<String, Poll> all() {
        return new TreeMap<>(polls);
    }
}
