// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded store. */
final class SqliteAuditTest extends AuditContract {
    @Override
    TestStore fresh(Path folder) {
        return TestStore.sqlite(folder);
    }

    @Test
    void storeShouldRefuseToPutALineInThePlaceOfAnother(@TempDir Path folder) throws Exception {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {});
                Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            store.writeAndWait(tx -> true);
            statement.executeUpdate("INSERT INTO audit VALUES('a',1,'anna','agent','local','pause',NULL,NULL)");
            assertThatThrownBy(() -> statement.executeUpdate(
                            "INSERT OR REPLACE INTO audit VALUES('a',1,'ben','agent','local','pause',NULL,NULL)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the audit log only grows");
        }
    }
}
