// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.audit;

import io.dragoman.model.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes down who was not let in. A flood does not fill the audit log: of each address there are two lines a minute at
 * most, the first failure and how many followed it, and of more addresses than a few one line for all. Thread-safe.
 */
public final class FailedLogins {
    /** The line's action. */
    public static final String ACTION = "login.failed";

    private static final Duration PORTION = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 20;
    private static final String OTHERS = "others";
    private static final String UNKNOWN = "unknown";

    private final BiConsumer<String, String> lines;
    private final Clock clock;
    private final Map<String, Integer> later = new LinkedHashMap<>();
    private Instant end = Instant.MIN;

    public FailedLogins(AuditTrail audit, Clock clock) {
        this((from, count) -> audit.note(new Actor(UNKNOWN, Role.VIEWER, from), ACTION, null, count), clock);
    }

    /**
     * Writes them elsewhere.
     *
     * @param lines gets an address, and how many failures
     */
    public FailedLogins(BiConsumer<String, String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    /** Somebody showed what does not let in. Does not wait. */
    public synchronized void failed(String address) {
        tellIfDue();
        if (later.isEmpty()) {
            end = clock.instant().plus(PORTION);
        }
        String from = later.containsKey(address) || later.size() < MOST_ADDRESSES ? address : OTHERS;
        if (!from.equals(OTHERS) && !later.containsKey(from)) {
            later.put(from, 0);
            note(from, "1");
        } else {
            later.merge(from, 1, Integer::sum);
        }
    }

    /** Writes how many followed, once the minute is over. */
    public synchronized void tellIfDue() {
        if (!clock.instant().isBefore(end)) {
            tell();
        }
    }

    /** Writes it now: the gateway stops. */
    public synchronized void tell() {
        later.forEach((from, count) -> {
            if (count > 0) {
                note(from, count + " more within a minute");
            }
        });
        later.clear();
    }

    private void note(String from, String count) {
        lines.accept(from, count);
    }
}
