// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to addresses of accounts that are not there, such as that of a desk under its former id: what it posts is
 * lost, so it must leave a trace. Counts all of them and warns once a minute of each side; which address it was, is for
 * the proxy's log: strangers choose it. For any thread.
 */
final class UnknownAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownAddresses.class);
    /** Only what could be an account's. */
    private static final Pattern ACCOUNT = Pattern.compile("/(desks|channels)/[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private final Counter counter;
    private final Set<String> told = new HashSet<>();
    private long since;

    UnknownAddresses(MeterRegistry meters) {
        counter = meters.counter("dragoman.http.refused", "port", "public", "why", "unknown");
    }

    /**
     * A request that nobody answers.
     *
     * @param now of a clock that only runs forward, in nanoseconds
     */
    void asked(String path, long now) {
        Matcher account = ACCOUNT.matcher(path);
        if (account.matches()) {
            counter.increment();
            String side = account.group(1);
            if (isNew(side, now)) {
                LOG.warn(
                        "http: 404 below /{}/: none of the {} has the address asked for, and nothing was stored. The"
                                + " address changes with the id: correct it where requests come from",
                        side,
                        side);
            }
        }
    }

    private synchronized boolean isNew(String side, long now) {
        if (told.isEmpty() || now - since >= INTERVAL) {
            told.clear();
            since = now;
        }
        return told.add(side);
    }
}
