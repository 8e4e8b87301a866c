// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When Flyway is asked. */
final class MigrationsTest {
    private static final String VERSION = "V(\\d+)__.*";

    @Test
    void theNewestFileIsNamedForItWouldNotRunOtherwise() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .max(Comparator.comparing(name -> Integer.valueOf(name.replaceFirst(VERSION, "$1")))))
                    .contains(Migrations.NEWEST);
        }
    }
}
