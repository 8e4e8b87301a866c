// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bug that no longer fits its place would be tried in vain by the long run, and found out only there. */
final class PlantedBugFitsTest {
    static Iterable<PlantedBug> bugs() {
        return PlantedBug.ALL;
    }

    @ParameterizedTest
    @MethodSource("bugs")
    @DisplayName("every planted bug still has a place in the sources")
    void bugShouldFitItsPlace(PlantedBug bug) throws Exception {
        for (PlantedBug.Edit edit : bug.edits()) {
            assertThat(Files.readString(Path.of(edit.file())))
                    .as("%s: %s", bug.name(), edit.file())
                    .contains(edit.fragment());
        }
    }
}
