// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver may end a prepared statement that failed; the next use of it must not fail for that. */
final class FailedStatementTest {
    @TempDir
    private Path folder;

    @Test
    void statementThatFailedOnceWorksTheNextTime() {
        Supplier<String> ids = Arrivals.ids();
        try (Store store = Store.sqlite(folder.resolve("dragoman.db"), 0, failure -> {})) {
            store.write(tx -> tx.events().take(Arrivals.message("ana", "key-1", "hello"), ids, 1))
                    .join();
            assertThatThrownBy(
                            () -> store.write(tx -> decide(tx, "no such event")).join())
                    .hasCauseInstanceOf(StoreException.class);

            String event = store.read(tx -> tx.events().find("shop", "key-1"))
                    .orElseThrow()
                    .id();
            assertThat(store.write(tx -> decide(tx, event)).join()).isTrue();
        }
    }

    /** The driver resets a statement that met a constraint, and ends one that failed otherwise. */
    @Test
    void statementWorksAgainOnceTheDatabaseMayBeWrittenAgain() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(folder.resolve("dragoman.db"));
        try (Sql writer = database.writer()) {
            assertThat(pause(writer, "wa")).isEqualTo(1);
            writer.connection().createStatement().execute("PRAGMA query_only = 1");
            assertThatThrownBy(() -> pause(writer, "sms"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("readonly");
            writer.connection().createStatement().execute("PRAGMA query_only = 0");

            assertThat(pause(writer, "sms")).isEqualTo(1);
        } finally {
            database.close();
        }
    }

    private static int pause(Sql writer, String target) {
        return writer.update("INSERT INTO pause(target,reason,at) VALUES (?,?,?)", target, "test", 1L);
    }

    private static boolean decide(Tx tx, String event) {
        tx.messages().decision(event, "{}");
        return true;
    }
}
