// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The safety net under test: every planted bug is caught. Long; {@code -Ddragoman.bugs=all}, or parts of names. */
@EnabledIfSystemProperty(named = "dragoman.bugs", matches = ".+")
final class PlantedBugsTest {
    @Test
    void everyPlantedBugIsCaught() throws Exception {
        String which = System.getProperty("dragoman.bugs");
        assertThat(which.equals("all") ? PlantedBugs.missed() : PlantedBugs.missed(which.split(",")))
                .isEmpty();
    }
}
