// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store.blob;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files and folders that nobody but the user who runs the gateway can read, whatever the umask. On file systems without
 * POSIX permissions they are plain ones, and the folder's own rights count.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {}

    /** Makes a folder and those above it, where they are missing. */
    public static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, attributes(folder.getFileSystem(), "rwx------"));
    }

    /** Makes an empty file where there is none. */
    public static Path file(Path file) throws IOException {
        try {
            return Files.createFile(file, permissions(file));
        } catch (FileAlreadyExistsException e) {
            return file;
        }
    }

    /** Takes everybody else's rights to a file that others made. */
    public static void restrict(Path file) throws IOException {
        if (posix(file.getFileSystem())) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** For making a file some other way. */
    public static FileAttribute<?>[] permissions(Path file) {
        return attributes(file.getFileSystem(), "rw-------");
    }

    /** The permissions of a folder that others can enter, such as {@code rwxr-xr-x}; empty for one that they cannot. */
    public static Optional<String> openToOthers(Path folder) throws IOException {
        if (!posix(folder.getFileSystem())) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        return OWNER.containsAll(permissions)
                ? Optional.empty()
                : Optional.of(PosixFilePermissions.toString(permissions));
    }

    private static FileAttribute<?>[] attributes(FileSystem system, String permissions) {
        return posix(system)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix(FileSystem system) {
        return system.supportedFileAttributeViews().contains("posix");
    }
}
