// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.wechat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Whom the account may write to ("Send customer service messages", WeChat): five messages within 48 hours of a message,
 * three within a minute of a click, a scan or a new follower. Thread-safe.
 */
final class ReplyWindows {
    static final int CLOSED = 45015;
    static final int USED_UP = 45047;

    private final Map<String, Window> windows = new HashMap<>();

    private record Window(Instant end, int left) {}

    /** A customer wrote. */
    synchronized void wrote(String customer, Instant now) {
        windows.put(customer, new Window(now.plus(Duration.ofDays(2)), 5));
    }

    /** A customer clicked, scanned, followed, or does not follow any more. */
    void caused(String customer, String event, Instant now) {
        if (event.equals("unsubscribe")) {
            close(customer);
        } else {
            acted(customer, now);
        }
    }

    /** That shortens no window there is. */
    private synchronized void acted(String customer, Instant now) {
        Window window = windows.get(customer);
        if (window == null || window.left() < 3 || window.end().isBefore(now)) {
            windows.put(customer, new Window(now.plus(Duration.ofMinutes(1)), 3));
        }
    }

    /** Nothing may be written to a customer until they write or act again. */
    synchronized boolean close(String customer) {
        windows.remove(customer);
        return true;
    }

    /** Counts a message to a customer: 0, or why it may not be sent. */
    synchronized int take(String customer, Instant now) {
        Window window = windows.get(customer);
        if (window == null || !now.isBefore(window.end())) {
            return CLOSED;
        }
        if (window.left() == 0) {
            return USED_UP;
        }
        windows.put(customer, new Window(window.end(), window.left() - 1));
        return 0;
    }
}
