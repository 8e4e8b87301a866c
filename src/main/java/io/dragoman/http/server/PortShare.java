// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant may take of a port that several share: so many requests a second, so many under way, and of the memory
 * for bodies what all together leave. Thread-safe.
 */
final class PortShare {
    private final String tenant;
    private final @Nullable RateLimiter rates;
    private final int mostUnderWay;
    private final AtomicLong heldByAll;
    private final long mostHeldByAll;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param rates counts requests by tenant; null where any number may come
     * @param heldByAll bytes of bodies, of all tenants
     */
    PortShare(String tenant, @Nullable RateLimiter rates, int mostUnderWay, AtomicLong heldByAll, long mostHeldByAll) {
        this.tenant = tenant;
        this.rates = rates;
        this.mostUnderWay = mostUnderWay;
        this.heldByAll = heldByAll;
        this.mostHeldByAll = mostHeldByAll;
    }

    String tenant() {
        return tenant;
    }

    /** Whether one more request may come in this second. */
    boolean often(long now) {
        return rates != null && !rates.take(tenant, now);
    }

    /** Whether one more may be under way; it is then, until {@link #leave}. */
    boolean enter() {
        if (underWay.incrementAndGet() <= mostUnderWay) {
            return true;
        }
        underWay.decrementAndGet();
        return false;
    }

    void leave() {
        underWay.decrementAndGet();
    }

    /** Reserves bytes; false when all tenants hold too many. */
    boolean hold(int bytes) {
        if (heldByAll.addAndGet(bytes) <= mostHeldByAll) {
            return true;
        }
        heldByAll.addAndGet(-bytes);
        return false;
    }

    void release(int bytes) {
        heldByAll.addAndGet(-bytes);
    }
}
