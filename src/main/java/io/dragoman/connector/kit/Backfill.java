// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Account;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Asking a provider for messages that no webhook delivered: at every start, and again at intervals. */
public final class Backfill {
    /** How often; no time at all for never. */
    public static final Setting<Duration> EVERY = new Setting<>(
            "backfill",
            "How often to ask for messages that no webhook delivered, besides every start; off for never.",
            Setting.Type.DURATION,
            "15m",
            false,
            List.of(),
            Backfill::parse);

    private Backfill() {}

    /** Whether an account is backfilled at all. */
    public static boolean on(Account account) {
        return account.find(EVERY).filter(every -> !every.isZero()).isPresent();
    }

    /** The wait until the next backfill after one at {@code last}; nothing when it is due. */
    public static Duration wait(Account account, PollContext context, Instant last) {
        Instant next = last.plus(account.get(EVERY));
        Instant now = context.clock().instant();
        return context.starting() || !next.isAfter(now) ? Duration.ZERO : Duration.between(now, next);
    }

    private static Duration parse(String text) {
        if (text.equals("0") || text.equals("off") || text.equals("false")) {
            return Duration.ZERO;
        }
        return Setting.duration("backfill", "").parser().apply(text);
    }
}
