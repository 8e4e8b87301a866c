// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import java.util.Set;

/**
 * Puts another content in the place of a file's at one stroke: whoever reads it, and whoever finds it after a power cut,
 * has the old or the new one whole. The new file has the old one's permissions, and never more on the way.
 */
final class FileReplacement {
    private final Path file;

    /** What is done when the new content is written and not yet in its place; for tests. */
    private final Runnable written;

    FileReplacement(Path file) throws IOException {
        this(file, () -> {});
    }

    FileReplacement(Path file, Runnable written) throws IOException {
        this.file = Files.exists(file) ? file.toRealPath() : file; // a link stays one
        this.written = written;
    }

    /** Keeps what is there as a file of the same name with {@code .bak} behind it. */
    void keep() throws IOException {
        if (Files.exists(file)) {
            Path copy = beside(".bak");
            replace(copy, Files.readAllBytes(file), () -> {});
        }
    }

    /** Puts the new content there; durable when this returns. */
    void put(byte[] content) throws IOException {
        replace(file, content, written);
    }

    /** The same, readable by its owner alone, whoever could read what was there. */
    void putSecret(byte[] content) throws IOException {
        replace(file, content, false, written);
    }

    private void replace(Path place, byte[] content, Runnable between) throws IOException {
        replace(place, content, true, between);
    }

    private void replace(Path place, byte[] content, boolean likeTheOld, Runnable between) throws IOException {
        Path fresh = Objects.requireNonNull(place.resolveSibling("." + place.getFileName() + ".new"));
        Files.deleteIfExists(fresh); // what an earlier try left
        try (FileChannel channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.permissions(fresh))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (likeTheOld) {
            likeTheOld(fresh);
        }
        between.run();
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        durable(Objects.requireNonNull(place.toAbsolutePath().getParent()));
    }

    /** Gives a new file the group and the permissions of the one that it takes the place of. */
    private void likeTheOld(Path fresh) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (view == null || !Files.exists(file)) {
            return;
        }
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
        try {
            view.setGroup(old.group());
            view.setPermissions(old.permissions());
        } catch (IOException e) {
            // a group that is not ours: who may read it must not be wider than it was
            Files.getFileAttributeView(fresh, PosixFileAttributeView.class).setPermissions(old.permissions());
        }
    }

    private Path beside(String ending) {
        return Objects.requireNonNull(file.resolveSibling(file.getFileName() + ending));
    }

    /** Makes the new name durable where folders can be written through; elsewhere the file system does as it does. */
    private static void durable(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (java.nio.file.AccessDeniedException e) {
            // a folder of Windows
        }
    }
}
