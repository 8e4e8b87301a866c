// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.Secret;
import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Secrets that a gateway makes for itself at its first start and keeps beside its data, readable by its user alone. */
public final class Installation {
    private Installation() {}

    /**
     * A secret of this installation, made when it is not there yet.
     *
     * @param data the data folder
     * @param name the file's name in it
     * @param random an unpredictable source
     */
    public static Secret secret(Path data, String name, RandomGenerator random) throws IOException {
        OwnerOnly.folder(data);
        Path file = data.resolve(name);
        if (!Files.exists(file)) {
            make(file, random);
        }
        return new Secret(Files.readString(file).trim());
    }

    private static void make(Path file, RandomGenerator random) throws IOException {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        try (FileChannel channel = FileChannel.open(
                file,
                java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                OwnerOnly.permissions(file))) {
            channel.write(java.nio.ByteBuffer.wrap(
                    (HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            // another process of this installation was faster: its secret counts
        }
    }
}
