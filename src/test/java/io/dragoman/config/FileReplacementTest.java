// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileReplacementTest {
    @TempDir
    private Path folder;

    /** Ends the process between writing the new content and putting it in its place. */
    static final class Killed {
        public static void main(String[] arguments) throws Exception {
            new FileReplacement(
                            Path.of(arguments[0]), () -> Runtime.getRuntime().halt(7))
                    .put("new\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aKillOnTheWayLeavesTheOldFileAndTheNextChangeWorks() throws Exception {
        Path file = Files.writeString(folder.resolve("channels.yaml"), "old\n");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        assertThat(child.waitFor()).isEqualTo(7);
        assertThat(Files.readString(file)).isEqualTo("old\n");
        new FileReplacement(file).put("newer\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Files.readString(file)).isEqualTo("newer\n");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void theNewFileAndTheCopyAreReadableByThoseWhoCouldReadTheOld() throws Exception {
        Path file = Files.writeString(folder.resolve("channels.yaml"), "old\n");
        for (String permissions : new String[] {"rw-------", "rw-r-----", "rw-rw-r--"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            FileReplacement replacement = new FileReplacement(file);
            replacement.keep();
            replacement.put(permissions.getBytes(StandardCharsets.UTF_8));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(permissions);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("channels.yaml.bak"))))
                    .isEqualTo(permissions);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        new FileReplacement(file).putSecret("s".getBytes(StandardCharsets.UTF_8));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLinkStaysALink() throws Exception {
        Path real = Files.writeString(
                Files.createDirectory(folder.resolve("repository")).resolve("c.yaml"), "old\n");
        Path link = Files.createSymbolicLink(folder.resolve("channels.yaml"), real);
        new FileReplacement(link).put("new\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(real)).isEqualTo("new\n");
    }
}
