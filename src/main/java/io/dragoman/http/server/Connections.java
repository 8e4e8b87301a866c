// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.vertx.core.http.HttpConnection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one event loop. Those whose client we wait for, for the rest of a request or the next one,
 * are ordered by the start of that wait: when there is no room, the one idle longest is closed, so
 * that a thousand slow clients do not keep a good one out. Thread-safe.
 */
final class Connections {
    private final int most;
    private final long timeout;
    private final Map<HttpConnection, Long> waiting = new LinkedHashMap<>();
    private final Set<HttpConnection> open = new HashSet<>();

    /**
     * @param timeout how many nanoseconds a client may be idle
     */
    Connections(int most, long timeout) {
        this.most = most;
        this.timeout = timeout;
    }

    /** A new one. Returns the one that must be closed for it, perhaps itself; null when there is room. */
    synchronized @Nullable HttpConnection opened(HttpConnection connection, long now) {
        HttpConnection leaver = null;
        if (open.size() >= most) {
            Iterator<HttpConnection> slowest = waiting.keySet().iterator();
            if (!slowest.hasNext()) {
                return connection;
            }
            leaver = slowest.next();
            closed(leaver);
        }
        open.add(connection);
        waiting.put(connection, now);
        return leaver;
    }

    synchronized void closed(HttpConnection connection) {
        open.remove(connection);
        waiting.remove(connection);
    }

    /** Its request is complete: the client waits for the answer. */
    synchronized void asked(HttpConnection connection) {
        waiting.remove(connection);
    }

    /** It is answered: the next request is awaited. */
    synchronized void answered(HttpConnection connection, long now) {
        if (open.contains(connection)) {
            waiting.remove(connection);
            waiting.put(connection, now);
        }
    }

    /** Removes and returns the one that was idle too long; null for none. */
    synchronized @Nullable HttpConnection overdue(long now) {
        Iterator<Map.Entry<HttpConnection, Long>> slowest = waiting.entrySet().iterator();
        if (slowest.hasNext()) {
            Map.Entry<HttpConnection, Long> one = slowest.next();
            if (now - one.getValue() > timeout) {
                closed(one.getKey());
                return one.getKey();
            }
        }
        return null;
    }

    synchronized int size() {
        return open.size();
    }
}
