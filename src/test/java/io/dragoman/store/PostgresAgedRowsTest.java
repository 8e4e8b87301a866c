// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.nio.file.Path;

/** On PostgreSQL. */
final class PostgresAgedRowsTest extends AgedRowsContract {
    @Override
    TestStore fresh(Path folder) {
        return TestStore.postgres(folder);
    }
}
