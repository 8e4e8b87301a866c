// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dragoman.store.blob.MediaFiles;
import io.dragoman.store.blob.OwnerOnly;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Customers' messages lie here: nobody but the owner reads them, whatever the umask. */
@DisabledOnOs(OS.WINDOWS)
final class DataFolderTest {
    @TempDir
    private Path home;

    @Test
    @DisplayName("every file and folder of a gateway's data is its owner's alone")
    void everyFileShouldBeTheOwnersAlone() throws Exception {
        Path data = home.resolve("data");
        Installation.secret(data, "installation.key", new Random(1));
        try (TestGateway gateway = new TestGateway(data)) {
            assertThat(gateway.gateway).isNotNull();
            new MediaFiles(data.resolve("media")).keep(new ByteArrayInputStream(new byte[] {1}), "image/png", 10);
            List<String> kept = permissions(data);
            assertThat(kept).hasSizeGreaterThan(8).anyMatch(line -> line.contains(".db-wal "));
            assertThat(kept).allMatch(line -> line.endsWith(" rwx------") || line.endsWith(" rw-------"));
        }
        assertThat(OwnerOnly.openToOthers(data)).isEmpty();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(OwnerOnly.openToOthers(data)).contains("rwxr-x---");
    }

    @Test
    @DisplayName("a data folder that others can enter is warned of at the start, with what to run")
    void openFolderShouldBeWarnedOf() throws Exception {
        Path data = Files.createDirectory(home.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(saidAtTheStart(data))
                .containsOnlyOnce("WARN the data folder " + data + " holds customers' messages, and others than its"
                        + " owner can enter it (rwxr-xr-x). Run: chmod 700 " + data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        assertThat(saidAtTheStart(data)).noneMatch(line -> line.contains("chmod"));
    }

    private static List<String> saidAtTheStart(Path data) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.dragoman");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (TestGateway gateway = new TestGateway(data)) {
            assertThat(gateway.gateway).isNotNull();
            return List.copyOf(log.list).stream()
                    .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .toList();
        } finally {
            logger.detachAppender(log);
        }
    }

    private static List<String> permissions(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(DataFolderTest::shown).toList();
        }
    }

    private static String shown(Path file) {
        try {
            return file + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
