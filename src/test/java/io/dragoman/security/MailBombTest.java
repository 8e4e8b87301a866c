// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checklist 11 and 12: mails made to explode are read in a process with 256 MB, and archives pass as bytes. */
final class MailBombTest {
    @TempDir
    private Path folder;

    @Test
    void bombsAreReadWith256Megabytes() throws Exception {
        Path out = folder.resolve("out");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MailBombs.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(child.waitFor(150, TimeUnit.SECONDS)).as("ends in time").isTrue();
        } finally {
            child.destroyForcibly();
        }
        String said = Files.readString(out, StandardCharsets.UTF_8);
        System.out.print(said);
        assertThat(child.exitValue()).as(said).isZero();
        assertThat(said).contains("all bombs read");
    }
}
