// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for which feed in this process. Of the feed it carries no content: who is woken reads the store, which alone
 * knows what is there. What is of the moment, and in no store, it hands to whoever reads now. Thread-safe.
 */
public final class FeedWatch {
    private final Map<Feed, Set<Reader>> waiting = new ConcurrentHashMap<>();

    private record Feed(String channel, String address) {}

    /** Somebody who reads a feed. Must not block. */
    public interface Reader {
        /** Something was added to the feed. */
        void wake();

        /** Something of the moment, as JSON. */
        void signal(String content);
    }

    /**
     * Wakes a reader after each commit that added to a feed.
     *
     * @return ends that
     */
    public Runnable subscribe(String channel, String address, Reader reader) {
        Feed feed = new Feed(channel, address);
        waiting.compute(feed, (any, readers) -> {
            Set<Reader> all = readers == null ? ConcurrentHashMap.newKeySet() : readers;
            all.add(reader);
            return all;
        });
        return () -> waiting.computeIfPresent(feed, (any, readers) -> {
            readers.remove(reader);
            return readers.isEmpty() ? null : readers;
        });
    }

    /** Something was added to a feed, and is durable. */
    public void changed(String channel, String address) {
        waiting.getOrDefault(new Feed(channel, address), Set.of()).forEach(Reader::wake);
    }

    /** Shows something to those who read a feed at this moment here; it is in no store, and gone where nobody does. */
    public void signal(String channel, String address, String content) {
        waiting.getOrDefault(new Feed(channel, address), Set.of()).forEach(reader -> reader.signal(content));
    }

    /** Something may have been added to any feed, by another gateway. */
    public void anyChanged() {
        waiting.values().forEach(readers -> readers.forEach(Reader::wake));
    }
}
