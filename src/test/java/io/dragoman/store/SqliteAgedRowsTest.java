// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.nio.file.Path;

/** In a file. */
final class SqliteAgedRowsTest extends AgedRowsContract {
    @Override
    TestStore fresh(Path folder) {
        return TestStore.sqlite(folder);
    }
}
