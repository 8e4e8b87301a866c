// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each address did something: a bucket of tokens for each, filled steadily. The table is bounded; the address
 * not seen for longest is forgotten first. Thread-safe.
 */
final class RateLimiter {
    private final int capacity;
    private final double perNano;
    private final Map<String, Bucket> buckets;

    /**
     * @param capacity how often at once; 0 for any number
     * @param nanos in which an empty bucket is full again
     * @param addresses how many are remembered
     */
    RateLimiter(int capacity, long nanos, int addresses) {
        this.capacity = capacity;
        this.perNano = (double) capacity / nanos;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > addresses;
            }
        };
    }

    /** Takes one; false when there is none left. */
    synchronized boolean take(String address, long now) {
        if (capacity == 0) {
            return true;
        }
        Bucket bucket = buckets.computeIfAbsent(address, any -> new Bucket(capacity, now));
        bucket.fill(now);
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }

    /** Whether there is none left; takes none. */
    synchronized boolean exhausted(String address, long now) {
        Bucket bucket = buckets.get(address);
        if (bucket == null) {
            return false;
        }
        bucket.fill(now);
        return bucket.tokens < 1;
    }

    /** How many addresses are remembered. */
    synchronized int size() {
        return buckets.size();
    }

    private final class Bucket {
        private double tokens;
        private long filled;

        Bucket(double tokens, long now) {
            this.tokens = tokens;
            this.filled = now;
        }

        void fill(long now) {
            tokens = Math.min(capacity, tokens + Math.max(0, now - filled) * perNano);
            filled = now;
        }
    }
}
