// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.TestGateway;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On PostgreSQL. */
final class PostgresStoreTest extends StoreContract {
    @Override
    TestStore fresh(Path folder) {
        return TestStore.postgres(folder);
    }

    @Test
    void storeShouldTakeInFromTheFirstMomentWhenTheDataFolderIsNotThereYet(@TempDir Path folder) {
        try (Store store = TestStore.postgres(folder.resolve("data")).open(failure -> {})) {
            assertThat(store.usable()).isTrue();
            assertThat(store.takeIn(tx -> "taken").join()).isEqualTo("taken");
        }
    }

    /** A refusal that another gateway's work caused: the unit is run again, and what was before it must not wait for it. */
    @Test
    void unitsThatMetAnothersWorkAreCommittedOneByOne(@TempDir Path folder) throws Exception {
        try (Store store = TestStore.postgres(folder).open(failure -> {})) {
            CountDownLatch together = new CountDownLatch(1);
            CountDownLatch looked = new CountDownLatch(1);
            AtomicInteger runs = new AtomicInteger();
            store.write(tx -> await(together));
            CompletableFuture<Boolean> first = store.write(tx -> {
                Bookmark.set(tx, "first", "x", 1);
                return true;
            });
            CompletableFuture<Boolean> second = store.write(tx -> {
                if (runs.incrementAndGet() == 1) {
                    throw new StoreException(new SQLException("another was first", "40001"));
                }
                return await(looked);
            });
            together.countDown();
            TestGateway.await("the second run", () -> runs.get() == 2);
            String committed = store.read(tx -> tx.cursors().get("first"));
            assertThat(committed).isEqualTo("x");
            assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(second).isNotDone();
            looked.countDown();
            assertThat(second.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void unitThatMeetsAnothersWorkEachTimeEndsAsBusySoThatItIsTriedLater(@TempDir Path folder) {
        try (Store store = TestStore.postgres(folder).open(failure -> {})) {
            CompletableFuture<Boolean> never = store.write(tx -> {
                throw new StoreException(new SQLException("another was first", "55P03"));
            });
            assertThatThrownBy(() -> never.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreException.Busy.class);
        }
    }

    /** A key that is there each time is a fault of the unit, which would else be tried for ever. */
    @Test
    void unitWhoseKeyIsThereEachTimeEndsAsThat(@TempDir Path folder) {
        try (Store store = TestStore.postgres(folder).open(failure -> {})) {
            StoreException there = new StoreException(new SQLException("the key is there", "23505"));
            CompletableFuture<Boolean> never = store.write(tx -> {
                throw there;
            });
            assertThatThrownBy(() -> never.get(20, TimeUnit.SECONDS)).hasCause(there);
        }
    }

    @Test
    void unitThatIsToBeRunAgainIsRefusedWhereTheConnectionBreaksFirst(@TempDir Path folder) {
        try (Store store = TestStore.postgres(folder).open(failure -> {})) {
            CountDownLatch together = new CountDownLatch(1);
            store.write(tx -> await(together));
            CompletableFuture<Boolean> again = store.write(tx -> {
                throw new StoreException(new SQLException("another was first", "40P01"));
            });
            CompletableFuture<Boolean> broken = store.write(tx -> {
                throw new StoreException(new SQLException("the connection is gone", "08006"));
            });
            together.countDown();
            assertThatThrownBy(() -> broken.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreException.Lost.class);
            assertThatThrownBy(() -> again.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreException.Busy.class);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
