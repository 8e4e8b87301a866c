// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.dragoman.connector.StoredBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaFilesTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private MediaFiles files;

    @BeforeEach
    void open() {
        files = new MediaFiles(folder);
    }

    @Test
    void bytesAreKeptUnderTheirHash() throws IOException {
        assertThat(keep("abc")).isEqualTo(new StoredBlob(ABC, 3, "text/plain"));

        assertThat(folder.resolve("ba").resolve("78").resolve(ABC)).hasContent("abc");
        assertThat(files.open(ABC)).hasContent("abc");
        assertThat(files.openVerified(ABC)).hasContent("abc");
        assertThat(files.has(ABC)).isTrue();
    }

    @Test
    void nothingIsKeptToo() throws IOException {
        StoredBlob empty = keep("");

        assertThat(empty.size()).isZero();
        assertThat(files.open(empty.sha256())).isEmpty();
    }

    @Test
    void sameBytesTwiceAreOneFile() throws IOException {
        keep("abc");
        keep("abc");

        assertThat(all()).hasSize(1);
    }

    @Test
    void sameBytesAtTheSameTimeAreOneFile() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<StoredBlob>> kept = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                kept.add(threads.submit(() -> keep("abc")));
            }
            for (Future<StoredBlob> one : kept) {
                assertThat(one.get().sha256()).isEqualTo(ABC);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(all()).hasSize(1);
        assertThat(files.openVerified(ABC)).hasContent("abc");
    }

    @Test
    void tooLargeLeavesNothingBehind() throws IOException {
        assertThatExceptionOfType(MediaFiles.TooLarge.class)
                .isThrownBy(() -> files.keep(bytes("x".repeat(200_000)), "text/plain", 199_999));

        assertThat(all()).isEmpty();
        assertThat(files.keep(bytes("x".repeat(200_000)), "text/plain", 200_000).size())
                .isEqualTo(200_000);
    }

    @Test
    void brokenSourceLeavesNothingBehindAndIsToldFromABrokenDisk() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        };

        assertThatExceptionOfType(MediaFiles.SourceFailed.class)
                .isThrownBy(() -> files.keep(broken, "text/plain", 10))
                .satisfies(failure -> assertThat(failure.source()).hasMessage("reset"));
        assertThat(all()).isEmpty();
    }

    @Test
    void deletedIsGone() throws IOException {
        keep("abc");

        assertThat(files.delete(ABC)).isTrue();
        assertThat(files.delete(ABC)).isFalse();
        assertThat(files.has(ABC)).isFalse();
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> files.open(ABC));
        keep("abc");
        assertThat(files.open(ABC)).hasContent("abc");
    }

    @Test
    void whatCameAgainSinceIsNotDeletedForItsAge() throws IOException {
        keep("abc");
        Instant kept = Instant.now();
        Files.setLastModifiedTime(files.find(ABC).orElseThrow(), FileTime.from(kept.minusSeconds(7200)));
        keep("abc");
        assertThat(files.deleteOlder(ABC, kept.minusSeconds(3600))).isFalse();
        assertThat(files.open(ABC)).hasContent("abc");
        assertThat(files.deleteOlder(ABC, kept.plusSeconds(3600))).isTrue();
        assertThat(files.has(ABC)).isFalse();
        assertThat(files.deleteOlder(ABC, kept)).as("gone already").isTrue();
    }

    @Test
    void damageIsNoticedAndHealedByTheSameBytes() throws IOException {
        keep("abc");
        Files.writeString(folder.resolve("ba").resolve("78").resolve(ABC), "abd");

        assertThatIOException().isThrownBy(() -> files.openVerified(ABC)).withMessageContaining("damaged");

        keep("abc");
        assertThat(files.openVerified(ABC)).hasContent("abc");
    }

    @Test
    void whatACrashLeftIsDeleted() throws IOException {
        keep("abc");
        Files.writeString(folder.resolve("unfinished").resolve("1234"), "half");

        files = new MediaFiles(folder);

        assertThat(all()).hasSize(1);
        assertThat(files.open(ABC)).hasContent("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../../etc/passwd", "ba", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
            })
    void nameThatIsNoHashIsNoFile(String name) throws IOException {
        keep("abc");

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> files.open(name));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> files.delete(name));
        assertThat(files.has(name)).isFalse();
    }

    private StoredBlob keep(String text) throws IOException {
        return files.keep(bytes(text), "text/plain", 1_000_000);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
