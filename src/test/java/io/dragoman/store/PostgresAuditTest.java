// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On PostgreSQL. */
final class PostgresAuditTest extends AuditContract {
    @Override
    TestStore fresh(Path folder) {
        return TestStore.postgres(folder);
    }

    @Test
    void tableShouldNotBeEmptied(@TempDir Path other) throws Exception {
        try (TestStore test = fresh(other);
                Store opened = test.open(failure -> {});
                Connection connection = test.connect()) {
            assertThat(opened.<Boolean>read(tx -> true)).isTrue();
            assertThatThrownBy(() -> connection.createStatement().executeUpdate("TRUNCATE audit"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the audit log only grows");
        }
    }
}
