// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Drops the same that comes too soon again. Thread-safe. */
final class TypingRate {
    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_WAITING = 256;

    private final long again;
    private final Map<String, Last> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Last(boolean typing, long nanos) {}

    /** @param again the same of one place is passed on once in this time */
    TypingRate(Duration again) {
        this.again = again.toNanos();
    }

    synchronized boolean isNews(String place, boolean typing, long now) {
        Last before = last.get(place);
        if (before != null && before.typing() == typing && now - before.nanos() < again) {
            return false;
        }
        last.put(place, new Last(typing, now));
        return true;
    }

    /** A few threads, which end when there is nothing to do; beyond their queue all is dropped. */
    static Executor workers(String name, int most) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most,
                most,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread made = new Thread(task, name);
                    made.setDaemon(true);
                    return made;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
