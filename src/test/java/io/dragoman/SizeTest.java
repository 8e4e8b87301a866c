// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that one cannot read in one sitting does more than one thing. */
final class SizeTest {
    private static final int CONNECTOR = 400;
    /** A line of the table: the folder, and at least some words. */
    private static final Pattern REASON = Pattern.compile("\\| `((?:channel|desk)/[a-z0-9]+)` \\| .{20,} \\|");

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

    /** What is longer than a reader expects says why (docs/adding-a-channel.md), and only that. */
    @Test
    void aLongConnectorHasItsReason() throws IOException {
        Set<String> reasons = new TreeSet<>();
        try (Stream<String> lines = Files.lines(Path.of("docs/adding-a-channel.md"))) {
            lines.map(REASON::matcher).filter(Matcher::matches).forEach(line -> reasons.add(line.group(1)));
        }
        Set<String> folders = new TreeSet<>();
        for (String side : List.of("channel", "desk")) {
            try (Stream<Path> connectors = Files.list(Path.of("src/main/java/io/dragoman", side))) {
                connectors
                        .filter(folder -> countAll(folder) > CONNECTOR)
                        .forEach(folder -> folders.add(side + "/" + folder.getFileName()));
            }
        }
        assertThat(reasons).as("reasons for more than " + CONNECTOR + " lines").isEqualTo(folders);
    }

    private static long countAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .mapToLong(SizeTest::count)
                    .sum();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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
