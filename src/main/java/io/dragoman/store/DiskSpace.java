// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk has room for more. What is stored already can always be finished in the space below
 * the mark. Checks at most once a second, and never on the caller's thread: a disk may not answer. Thread-safe.
 */
final class DiskSpace {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private final long mark;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
    private volatile boolean low;

    /**
     * @param mark how many bytes must be free
     */
    DiskSpace(Path folder, long mark) {
        this.folder = folder;
        this.mark = mark;
        look();
    }

    /** The result of the last check; the next runs on {@code beside} when it is due. */
    boolean low(Executor beside) {
        long now = System.nanoTime();
        long last = lookedAt.get();
        if (now - last >= LOOK_NANOS && lookedAt.compareAndSet(last, now)) {
            try {
                beside.execute(this::look);
            } catch (RejectedExecutionException e) {
                return true; // the store closes
            }
        }
        return low;
    }

    private void look() {
        try {
            FileStore disk = Files.getFileStore(folder);
            boolean before = low;
            low = disk.getUsableSpace() < mark;
            if (low != before) {
                LOG.warn("store: the disk is {} the low-water mark of {} bytes", low ? "below" : "above", mark);
            }
        } catch (IOException e) {
            low = true; // a disk that cannot be asked cannot be trusted with more
        }
    }
}
