// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** OAuth access tokens that an API gave out, until somebody lets them expire. Thread-safe. */
public final class IssuedTokens {
    private static final String BEARER = "Bearer ";

    private final String prefix;
    private final AtomicInteger last = new AtomicInteger();
    private final Set<String> valid = ConcurrentHashMap.newKeySet();

    /** @param prefix with which each begins */
    public IssuedTokens(String prefix) {
        this.prefix = prefix + "-";
    }

    /** A new one. */
    public String issue() {
        String token = prefix + last.incrementAndGet();
        valid.add(token);
        return token;
    }

    /** Whether an {@code Authorization} header has one that is valid. */
    public boolean valid(String authorization) {
        return authorization.startsWith(BEARER) && valid.contains(authorization.substring(BEARER.length()));
    }

    /** Whether it has one that was given out, and is no longer valid. */
    public boolean expired(String authorization) {
        return authorization.startsWith(BEARER + prefix) && !valid(authorization);
    }

    /** From now on none of those that were given out is valid. */
    public void expire() {
        valid.clear();
    }

    /** How many were given out. */
    public int issued() {
        return last.get();
    }
}
