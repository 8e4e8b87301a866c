// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many pieces of a message the SMS centre has taken already, so that another attempt goes on there. After a restart
 * it begins again, with the same reference, by which phones know pieces that they have. Thread-safe.
 */
final class SentPieces {
    private static final int MOST = 1_000;

    private final Map<String, Integer> byKey = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST;
        }
    };

    synchronized int of(String key) {
        return byKey.getOrDefault(key, 0);
    }

    synchronized void taken(String key, int pieces) {
        byKey.put(key, pieces);
    }

    synchronized void done(String key) {
        byKey.remove(key);
    }
}
