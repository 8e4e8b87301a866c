// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.nio.file.Path;

/** On the embedded store. */
final class SqliteInboxOffsetsTest extends InboxOffsetsContract {
    @Override
    TestStore fresh(Path folder) {
        return TestStore.sqlite(folder);
    }
}
