// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When Flyway is asked. */
final class MigrationsTest {
    private static final String VERSION = "V(\\d+)__.*";

    @TempDir
    private Path folder;

    @Test
    void theNewestFileIsNamedForItWouldNotRunOtherwise() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .max(Comparator.comparing(name -> Integer.valueOf(name.replaceFirst(VERSION, "$1")))))
                    .contains(Migrations.NEWEST);
        }
    }

    @Test
    void aStoreThatANewerProgramChangedIsRefused() throws Exception {
        try (TestStore store = TestStore.sqlite(folder)) {
            store.open(failure -> {}).close();
            store.open(failure -> {}).close();
            try (Connection connection = store.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO flyway_schema_history SELECT installed_rank+1,'999','later',type,"
                        + "'V999__later.sql',checksum,installed_by,installed_on,execution_time,success"
                        + " FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
            }
            assertThatThrownBy(() -> store.open(failure -> {}))
                    .isInstanceOf(StoreException.Unusable.class)
                    .hasMessageContaining("Was it used by a newer one?");
        }
    }
}
