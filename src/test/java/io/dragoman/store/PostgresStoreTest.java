// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
