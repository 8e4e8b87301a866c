// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.store.IgnoredEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what is ignored, by channel and kind. Kinds are few where a connector takes them from a list of its own; of a
 * channel that makes ever more of them, all beyond the first hundred are counted as one. Thread-safe.
 */
public final class IgnoredCounter {
    static final int MOST_KINDS = 100;
    static final String OTHER = "other";

    private final MeterRegistry meters;
    private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

    public IgnoredCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    public void count(IgnoredEvents.Named event) {
        meters.counter("dragoman.ignored", "channel", event.source(), "kind", label(event))
                .increment();
    }

    private String label(IgnoredEvents.Named event) {
        Set<String> kinds = known.computeIfAbsent(event.source(), source -> ConcurrentHashMap.newKeySet());
        if (kinds.contains(event.kind())) {
            return event.kind();
        }
        synchronized (kinds) {
            return kinds.size() < MOST_KINDS && kinds.add(event.kind()) ? event.kind() : OTHER;
        }
    }
}
