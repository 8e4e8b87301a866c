// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The kept inputs of a target: a zip with an entry each, named by its hash. */
final class Corpus {
    static final Path FOLDER = Path.of("src/test/resources/io/dragoman/fuzz");

    private Corpus() {}

    /** By name; none where nothing is kept yet. */
    static Map<String, byte[]> read(String target) throws IOException {
        Map<String, byte[]> inputs = new TreeMap<>();
        Path file = FOLDER.resolve(target + ".zip");
        if (!Files.exists(file)) {
            return inputs;
        }
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                inputs.put(entry.getName(), zip.readAllBytes());
            }
        }
        return inputs;
    }

    /** Keeps these; the same inputs give the same file. */
    static void write(String target, Collection<byte[]> inputs) throws IOException {
        Map<String, byte[]> byName = new TreeMap<>();
        inputs.forEach(input -> byName.put(name(input), input));
        Files.createDirectories(FOLDER);
        try (OutputStream out = Files.newOutputStream(FOLDER.resolve(target + ".zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(9);
            for (Map.Entry<String, byte[]> input : byName.entrySet()) {
                ZipEntry entry = new ZipEntry(input.getKey());
                entry.setLastModifiedTime(FileTime.fromMillis(1_000_000_000_000L));
                zip.putNextEntry(entry);
                zip.write(input.getValue());
            }
        }
    }

    private static String name(byte[] input) {
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(input);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
