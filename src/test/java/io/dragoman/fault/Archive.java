// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The test's own class path with folders packed into jars, and an archive of the classes that a gateway loads: with it
 * a gateway starts in about half the time, and a test that starts sixty of them has the time for messages instead.
 */
final class Archive {
    private static final Path FOLDER = Path.of("target/fault");
    private static Archive made;

    private final String classPath;
    private final Path file = FOLDER.resolve("gateway.jsa");

    private Archive() throws IOException {
        Files.createDirectories(FOLDER);
        List<String> entries = new ArrayList<>();
        try (FileChannel lock = lock()) {
            lock.lock();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                entries.add(
                        Files.isDirectory(Path.of(entry)) ? jar(Path.of(entry)).toString() : entry);
            }
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    /** Made once for a run; the file of an earlier run is used while nothing was compiled since. */
    static synchronized Archive made() {
        if (made == null) {
            try {
                made = new Archive();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return made;
    }

    String classPath() {
        return classPath;
    }

    /** What the JVM is told; nothing before {@link #train} has made the archive. */
    List<String> options() {
        return Files.exists(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of();
    }

    /** Runs a gateway once, to its orderly end, and keeps what it loaded; does nothing when that was done. */
    synchronized void train() throws IOException, InterruptedException {
        try (FileChannel lock = lock()) {
            lock.lock();
            if (!Files.exists(file)) {
                runOnce();
            }
        }
    }

    /** Held by the one test process of several that makes a file. */
    private static FileChannel lock() throws IOException {
        return FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private void runOnce() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(FOLDER.toAbsolutePath(), "home");
        try (Providers providers = new Providers(new Insistent())) {
            providers.configure(home, "sqlite:data/dragoman.db");
            try (VictimProcess one = VictimProcess.start(
                    home,
                    "-XX:ArchiveClassesAtExit=" + file,
                    "-Xlog:cds=off",
                    "-Xlog:cds+dynamic=off",
                    "-Xlog:class+load=off")) {
                if (one.awaitReady()) {
                    one.terminate();
                    one.ends(TimeUnit.SECONDS.toMillis(60));
                }
            }
        }
    }

    private Path jar(Path folder) throws IOException {
        Path jar = FOLDER.resolve(folder.getFileName() + ".jar");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(one -> !one.equals(folder)).sorted().toList();
        }
        FileTime latest = FileTime.fromMillis(0);
        for (Path one : files) {
            FileTime at = Files.getLastModifiedTime(one);
            latest = at.compareTo(latest) > 0 ? at : latest;
        }
        if (Files.exists(jar) && Files.getLastModifiedTime(jar).compareTo(latest) > 0) {
            return jar;
        }
        Files.deleteIfExists(file);
        Path fresh = Files.createTempFile(FOLDER, "jar", null);
        try (OutputStream bytes = Files.newOutputStream(fresh);
                JarOutputStream out = new JarOutputStream(bytes)) {
            for (Path one : files) {
                // folders too: who looks for migrations looks for their folder
                boolean isFolder = Files.isDirectory(one);
                out.putNextEntry(new JarEntry(folder.relativize(one) + (isFolder ? "/" : "")));
                if (!isFolder) {
                    Files.copy(one, out);
                }
            }
        }
        return Files.move(fresh, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
