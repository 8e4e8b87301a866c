// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store.blob;

import io.dragoman.connector.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where media and large bodies are, each named by the SHA-256 of its bytes: a folder, or a bucket of an object store.
 * What {@link #keep} returned is durable. Thread-safe.
 */
public interface MediaStore extends AutoCloseable {
    /**
     * Keeps all of {@code bytes}; the same bytes twice are one.
     *
     * @throws TooLarge when there are more than {@code largest}; then nothing is stored
     * @throws SourceFailed when the bytes stop coming
     * @throws Unavailable when an object store does not take them now; nothing may be acknowledged then
     */
    StoredBlob keep(InputStream bytes, String mimeType, long largest) throws IOException;

    /**
     * Opens stored bytes; whoever gets them closes them.
     *
     * @throws java.nio.file.NoSuchFileException when there are none of this name
     */
    InputStream open(String sha256) throws IOException;

    /** All bytes stored under a name. */
    default byte[] read(String sha256) throws IOException {
        try (InputStream in = open(sha256)) {
            return in.readAllBytes();
        }
    }

    /** What is stored under a name; empty when nothing is. */
    Optional<Content> content(String sha256) throws IOException;

    /** How many bytes are stored under a name; null for none, and where that cannot be told now. */
    default @Nullable Long size(String sha256) {
        try {
            return content(sha256).map(Content::size).orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** Removes stored bytes; says whether there were any, where that is known. */
    boolean delete(String sha256) throws IOException;

    /**
     * Removes stored bytes unless {@link #keep} got them again since a time; says whether they are gone. Who has just kept
     * some has no row of them yet.
     */
    boolean deleteOlder(String sha256, Instant keptBefore) throws IOException;

    /** Why it cannot be used now, in a sentence; null while it can. */
    @Nullable
    String problem();

    @Override
    void close();

    /**
     * Stored bytes.
     *
     * @param file where they are a file of this machine; null elsewhere
     */
    record Content(long size, @Nullable Path file) {}

    /** An object store does not take what is to be kept: nobody who sent it is at fault, and it is tried again. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(message);
        }
    }

    /** More bytes than allowed. */
    final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLarge(long largest) {
            super("more than " + largest + " bytes");
        }
    }

    /** The bytes stopped coming; the disk is not to blame. */
    final class SourceFailed extends IOException {
        private static final long serialVersionUID = 1L;
        private final IOException source;

        public SourceFailed(IOException source) {
            super(source);
            this.source = source;
        }

        public IOException source() {
            return source;
        }
    }
}
