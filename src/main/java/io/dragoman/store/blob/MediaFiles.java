// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store.blob;

import io.dragoman.connector.StoredBlob;
import io.dragoman.model.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files named by the SHA-256 of their bytes: {@code ab/cd/abcd…}. What {@link #keep} returned survives a power cut.
 * Only one process may use a folder. Thread-safe.
 */
public final class MediaFiles implements MediaStore {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final Path unfinished;
    /** Folders that are known to be durable on disk. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    /** Uses {@code folder}, makes it if need be, and deletes what a crash left unfinished. */
    public MediaFiles(Path folder) {
        this(folder, folder.resolve("unfinished"));
        try {
            OwnerOnly.folder(unfinished);
            try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(unfinished)) {
                for (Path leftover : leftovers) {
                    Files.delete(leftover);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the media folder " + folder + " cannot be written", e);
        }
    }

    private MediaFiles(Path folder, Path unfinished) {
        this.folder = folder;
        this.unfinished = unfinished;
    }

    /** To read what a gateway keeps that may be running: creates and deletes nothing. */
    public static MediaFiles readOnly(Path folder) {
        return new MediaFiles(folder, folder.resolve("unfinished"));
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType, long largest) throws IOException {
        Path file = Files.createTempFile(unfinished, "", "");
        try {
            MessageDigest digest = Hashes.sha256();
            long size = write(bytes, file, digest, largest);
            String name = HexFormat.of().formatHex(digest.digest());
            Path home = durableHome(name);
            place(file, home.resolve(name));
            sync(home);
            return new StoredBlob(name, size, mimeType);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(path(sha256));
    }

    @Override
    public byte[] read(String sha256) throws IOException {
        return Files.readAllBytes(path(sha256));
    }

    /** Opens stored bytes after reading it once to see that it is unharmed. */
    public InputStream openVerified(String sha256) throws IOException {
        MessageDigest digest = Hashes.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = open(sha256)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new IOException("media " + sha256 + " is damaged on disk");
        }
        return open(sha256);
    }

    public boolean has(String sha256) {
        return find(sha256).isPresent();
    }

    @Override
    public Optional<Content> content(String sha256) throws IOException {
        Path file = find(sha256).orElse(null);
        return file == null ? Optional.empty() : Optional.of(new Content(Files.size(file), file));
    }

    /** A disk's troubles are the store's, which looks for them itself. */
    @Override
    public @Nullable String problem() {
        return null;
    }

    @Override
    public void close() {
        // nothing is held
    }

    /** Where the bytes are, when they are stored. */
    public Optional<Path> find(String sha256) {
        return Optional.of(sha256)
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> folder.resolve(place(name)))
                .filter(Files::exists);
    }

    @Override
    public boolean delete(String sha256) throws IOException {
        return Files.deleteIfExists(path(sha256));
    }

    /** Not while the old one is judged by its age. Replaces an equal file: whole again, should that have been damaged. */
    private synchronized void place(Path file, Path named) throws IOException {
        Files.move(file, named, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public synchronized boolean deleteOlder(String sha256, Instant keptBefore) throws IOException {
        Path file = path(sha256);
        if (Files.exists(file) && !Files.getLastModifiedTime(file).toInstant().isBefore(keptBefore)) {
            return false;
        }
        Files.deleteIfExists(file);
        return true;
    }

    private static long write(InputStream bytes, Path file, MessageDigest digest, long largest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int read = read(bytes, buffer); read >= 0; read = read(bytes, buffer)) {
                size += read;
                if (size > largest) {
                    throw new TooLarge(largest);
                }
                digest.update(buffer, 0, read);
                for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, read); rest.hasRemaining(); ) {
                    out.write(rest);
                }
            }
            out.force(true);
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

    private Path path(String sha256) throws NoSuchFileException {
        if (!NAME.matcher(sha256).matches()) {
            throw new NoSuchFileException("media that is not named by its hash");
        }
        return folder.resolve(place(sha256));
    }

    private static String place(String sha256) {
        return sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
    }

    /** The folder for a file, created if needed and synced, so that it survives a power cut. */
    private Path durableHome(String sha256) throws IOException {
        Path first = folder.resolve(sha256.substring(0, 2));
        Path second = first.resolve(sha256.substring(2, 4));
        if (!durable.contains(second)) {
            OwnerOnly.folder(second);
            sync(first);
            sync(folder);
            durable.add(second);
        }
        return second;
    }

    /** Makes durable which files are in a folder. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            if (!System.getProperty("os.name").startsWith("Windows")) { // where a folder cannot be opened, nor need be
                throw e;
            }
        }
    }
}
