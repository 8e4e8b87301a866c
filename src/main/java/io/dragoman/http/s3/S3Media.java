// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.s3;

import io.dragoman.connector.StoredBlob;
import io.dragoman.model.Hashes;
import io.dragoman.store.StoreException;
import io.dragoman.store.blob.MediaStore;
import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Media as objects of a bucket, named by the SHA-256 of their bytes. An object is written to a file first, so that its
 * length and hash are known, and is there when {@link #keep} returns. What fails is tried three times. Thread-safe.
 */
public final class S3Media implements MediaStore {
    private static final Logger LOG = LoggerFactory.getLogger(S3Media.class);
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 64 * 1024;
    private static final Duration[] PAUSES = {Duration.ofMillis(200), Duration.ofSeconds(1)};

    private final S3Bucket bucket;
    private final Path unfinished;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable String problem;

    /** @param unfinished the folder for what is on its way to the bucket */
    public S3Media(S3Bucket bucket, Path unfinished) {
        this.bucket = bucket;
        this.unfinished = unfinished;
    }

    /**
     * Puts, gets and deletes a small object, and removes what a crash left unfinished. A bucket that does not answer is
     * warned of only: what needs no media works without it.
     *
     * @param owner names this process among those that share the bucket
     * @throws StoreException.Unusable when the bucket refuses it, with what to do
     */
    public void check(String owner) {
        byte[] bytes = ("dragoman " + owner).getBytes(StandardCharsets.UTF_8);
        String key = "check-" + Hashes.sha256Hex(bytes);
        try {
            OwnerOnly.folder(unfinished);
            clear();
            Path file = Files.createTempFile(unfinished, "", "");
            try {
                Files.write(file, bytes);
                attempt(() -> put(key, file, Hashes.sha256Hex(bytes)));
            } finally {
                Files.delete(file);
            }
            byte[] back = attempt(() -> read(key, bytes.length));
            attempt(() -> remove(key));
            if (!java.util.Arrays.equals(back, bytes)) {
                throw new StoreException.Unusable(
                        "the bucket " + bucket.name() + " gave back other bytes than it got.");
            }
        } catch (S3Refused e) {
            if (!e.passes()) {
                throw new StoreException.Unusable("store.s3: " + e.getMessage() + ".");
            }
            LOG.warn("media: {}; what needs no media works without it", e.getMessage());
        } catch (IOException e) {
            if (problem == null) {
                throw new UncheckedIOException("the folder " + unfinished + " cannot be written", e);
            }
            LOG.warn("media: {}; what needs no media works without it", problem);
        }
    }

    private void clear() throws IOException {
        try (var leftovers = Files.newDirectoryStream(unfinished)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType, long largest) throws IOException {
        Path file = Files.createTempFile(OwnerOnly.folder(unfinished), "", "");
        try {
            MessageDigest digest = Hashes.sha256();
            long size = write(bytes, file, digest, largest);
            String name = HexFormat.of().formatHex(digest.digest());
            store(name, file);
            return new StoredBlob(name, size, mimeType);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void store(String name, Path file) {
        try {
            attempt(() -> put(place(name), file, name));
        } catch (IOException e) {
            throw new Unavailable(String.valueOf(problem));
        }
    }

    private static long write(InputStream bytes, Path file, MessageDigest digest, long largest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = read(bytes, buffer); read >= 0; read = read(bytes, buffer)) {
                size += read;
                if (size > largest) {
                    throw new TooLarge(largest);
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    private static int read(InputStream bytes, byte[] buffer) throws SourceFailed {
        try {
            return bytes.read(buffer);
        } catch (IOException e) {
            throw new SourceFailed(e);
        }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        String key = key(sha256);
        return attempt(() -> bucket.get(key));
    }

    @Override
    public Optional<Content> content(String sha256) throws IOException {
        if (!NAME.matcher(sha256).matches()) {
            return Optional.empty();
        }
        long size = attempt(() -> bucket.size(place(sha256)));
        return size < 0 ? Optional.empty() : Optional.of(new Content(size, null));
    }

    /** Whether there was one the store does not tell: a delete of none is one. */
    @Override
    public boolean delete(String sha256) throws IOException {
        String key = key(sha256);
        return attempt(() -> remove(key));
    }

    @Override
    public boolean deleteOlder(String sha256, Instant keptBefore) throws IOException {
        String key = key(sha256);
        Instant kept = attempt(() -> bucket.changed(key));
        return kept.isBefore(keptBefore) && attempt(() -> remove(key));
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    private boolean put(String key, Path file, String sha256) throws IOException {
        bucket.put(key, file, sha256);
        return true;
    }

    private byte[] read(String key, int most) throws IOException {
        try (InputStream in = bucket.get(key)) {
            return in.readNBytes(most);
        }
    }

    private boolean remove(String key) throws IOException {
        bucket.delete(key);
        return true;
    }

    private static String key(String sha256) throws NoSuchFileException {
        if (!NAME.matcher(sha256).matches()) {
            throw new NoSuchFileException("media that is not named by its hash");
        }
        return place(sha256);
    }

    /** As in the folder, so that a copy of its files is what it would have been here. */
    private static String place(String sha256) {
        return sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
    }

    /** One of the bucket's calls. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    /** Every call may be repeated: the same bytes have the same name. */
    private <T> T attempt(Call<T> call) throws IOException {
        for (int tries = 0; ; tries++) {
            try {
                T done = call.run();
                problem = null;
                return done;
            } catch (NoSuchFileException e) {
                problem = null;
                throw e;
            } catch (IOException e) {
                boolean passes = !(e instanceof S3Refused refused) || refused.passes();
                problem = e instanceof S3Refused
                        ? e.getMessage()
                        : "the bucket " + bucket.name() + " cannot be reached ("
                                + e.getClass().getSimpleName() + ")";
                if (!passes || tries == PAUSES.length || pause(PAUSES[tries])) {
                    throw e;
                }
            }
        }
    }

    /** Whether it was closed meanwhile. */
    private boolean pause(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        bucket.close();
    }
}
