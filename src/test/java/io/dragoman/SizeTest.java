// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that one cannot read in one sitting does more than one thing. */
final class SizeTest {
    private static final List<String> SOURCES = List.of("src/main/java", "src/bench/java");

    @Test
    void javaFilesStayReadable() throws IOException {
        for (String sources : SOURCES) {
            assertThat(longerThan(350, sources, ".java")).isEmpty();
        }
    }

    @Test
    void routeFilesStayReadable() throws IOException {
        assertThat(longerThan(60, "routes", ".yaml")).isEmpty();
    }

    /** Whoever adds a channel starts from this one (docs/adding-a-channel.md). */
    @Test
    void aSimpleChannelIsShort() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/dragoman/channel/messente"))) {
            assertThat(files.mapToLong(SizeTest::count).sum()).isLessThanOrEqualTo(160);
        }
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        for (String sources : SOURCES) {
            try (Stream<Path> files = Files.walk(Path.of(sources))) {
                assertThat(files.filter(file -> file.toString().endsWith(".java"))
                                .map(Path::getParent)
                                .distinct()
                                .filter(folder -> !Files.exists(folder.resolve("package-info.java"))))
                        .isEmpty();
            }
        }
    }

    private static List<String> longerThan(int lines, String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> count(file) > lines)
                    .map(file -> file + ": " + count(file) + " lines, at most " + lines)
                    .toList();
        }
    }

    private static long count(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
