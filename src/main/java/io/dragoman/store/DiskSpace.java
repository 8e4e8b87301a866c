// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk still has room to take more in. What is stored already can always be finished in what is left below
 * the mark. Looks at most once a second. Thread-safe.
 */
final class DiskSpace {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private final long mark;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - 2 * LOOK_NANOS);
    private volatile boolean low;

    /**
     * Watches the disk that holds a folder.
     *
     * @param mark how many bytes must be free
     */
    DiskSpace(Path folder, long mark) {
        this.folder = folder;
        this.mark = mark;
    }

    boolean low() {
        long now = System.nanoTime();
        long last = lookedAt.get();
        if (now - last >= LOOK_NANOS && lookedAt.compareAndSet(last, now)) {
            look();
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
