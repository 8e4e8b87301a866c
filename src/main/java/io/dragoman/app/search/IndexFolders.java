// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the index is: gateways that share a data folder have one each, the first in {@code search}, the next beside it. */
final class IndexFolders {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFolders.class);
    private static final int MOST = 32;

    private final Path first;

    IndexFolders(Path first) {
        this.first = first;
    }

    private Path folder(int number) {
        return number == 1 ? first : first.resolveSibling(first.getFileName() + "-" + number);
    }

    /** Opens the first that no other gateway holds, and removes those behind it that nobody holds. */
    ConversationIndex open() throws IOException {
        for (int number = 1; ; number++) {
            try {
                ConversationIndex opened = open(folder(number));
                for (int behind = number + 1; behind <= MOST; behind++) {
                    removeUnheld(folder(behind));
                }
                return opened;
            } catch (LockObtainFailedException e) {
                if (number == MOST) {
                    throw e;
                }
            }
        }
    }

    private static ConversationIndex open(Path folder) throws IOException {
        try {
            return ConversationIndex.open(folder);
        } catch (LockObtainFailedException e) {
            throw e; // sound, and another's
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("search: the index in {} is made anew ({})", folder, e.toString());
            delete(folder);
            return ConversationIndex.open(folder);
        }
    }

    /** An index that nobody follows keeps the words of customers who were erased since. */
    private static void removeUnheld(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (OwnerOnlyDirectory directory = OwnerOnlyDirectory.of(folder);
                Lock held = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            held.ensureValid();
            delete(folder);
        } catch (LockObtainFailedException e) {
            return; // another gateway's, which follows the store
        }
        Files.deleteIfExists(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
