// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Function;

/** The embedded store. */
final class SqliteStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    @Override
    TestStore fresh(Path folder) {
        return TestStore.sqlite(folder);
    }

    @Test
    void settingsThatCouldLoseAnAcknowledgedCommitAreRefused() throws SQLException {
        for (String pragma : List.of("journal_mode=DELETE", "synchronous=NORMAL", "foreign_keys=OFF")) {
            try (SqliteDatabase database =
                    SqliteDatabase.open(folder.resolve("other").resolve("dragoman.db"))) {
                Sql sql = database.writer();
                try (var statement = sql.connection().createStatement()) {
                    statement.execute("PRAGMA " + pragma);
                }
                assertThatThrownBy(() -> SqliteDatabase.demandDurable(sql))
                        .isInstanceOf(StoreException.Unusable.class)
                        .hasMessageContaining(pragma.substring(0, pragma.indexOf('=')))
                        .hasMessageContaining("is needed to keep what is acknowledged");
            }
        }
    }

    @Test
    void secondGatewayInTheSameFolderIsToldWhy() {
        Store first = Store.sqlite(folder.resolve("dragoman.db"), 0, failure -> {});
        assertThatThrownBy(() -> Store.sqlite(folder.resolve("dragoman.db"), 0, failure -> {}))
                .isInstanceOf(StoreException.Unusable.class)
                .hasMessage("the data folder " + folder
                        + " is in use by another gateway. Stop that one, or give this one a data folder of its own.");
        first.close();
    }

    @Test
    void closingMovesTheJournalIntoTheFile() {
        Path file = folder.resolve("dragoman.db");
        Store store = Store.sqlite(file, 0, failure -> {});
        store.write(tx -> {
                    tx.pauses().pause("crm", "it moves", 1);
                    return true;
                })
                .join();
        store.read(tx -> tx.events().find("none")); // leaves a connection behind that only reads
        assertThat(folder.resolve("dragoman.db-wal")).isNotEmptyFile();
        store.close();
        assertThat(folder.resolve("dragoman.db-wal")).doesNotExist();
    }

    @Test
    void closingDoesNotWaitForACountThatIsUnderWay() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(folder.resolve("dragoman.db"));
        Sql reader = database.borrow();
        CountDownLatch underWay = new CountDownLatch(1);
        Function.create(reader.connection(), "under_way", new Function() {
            @Override
            protected void xFunc() throws SQLException {
                underWay.countDown();
                result(1);
            }
        });
        CompletableFuture<Long> endless = CompletableFuture.supplyAsync(
                () -> reader.number(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT sum(under_way()) FROM n"),
                task -> new Thread(task).start()); // the common pool may have one thread alone, which closes below
        assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture.runAsync(database::close).get(10, TimeUnit.SECONDS);
        assertThat(endless).failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void lowDiskRefusesWhatIsNewAndFinishesTheRest(@TempDir Path full) {
        try (Store low = Store.sqlite(full.resolve("dragoman.db"), Long.MAX_VALUE, failure -> {})) {
            assertThat(low.usable()).isFalse();
            assertThat(low.takeIn(tx -> 1)).isCompletedExceptionally();
            assertThat(low.write(tx -> 1).join()).isEqualTo(1);
        }
    }
}
