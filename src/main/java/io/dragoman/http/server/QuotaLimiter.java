// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.connector.Quota;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps quotas, each by its name. The names are few; who is counted is bounded for each. Thread-safe. */
public final class QuotaLimiter {
    private static final int REMEMBERED = 10_000;

    private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();

    /**
     * Takes one.
     *
     * @param client who counts where a quota names nobody
     * @return 0 when there was one; else after how many seconds there is
     */
    public int take(Quota quota, String client, long now) {
        RateLimiter limiter = limiters.computeIfAbsent(
                quota.name(), name -> new RateLimiter(quota.most(), quota.per().toNanos(), REMEMBERED));
        String key = quota.key() == null ? client : quota.key();
        return limiter.take(key, now)
                ? 0
                : (int) Math.max(1, (quota.per().toSeconds() + quota.most() - 1) / quota.most());
    }
}
