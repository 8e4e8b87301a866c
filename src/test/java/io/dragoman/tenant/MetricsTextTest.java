// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsTextTest {
    @Test
    void eachMetricShouldStandOnceWithTheSamplesOfAll() {
        String one =
                "# HELP a_total A.\n# TYPE a_total counter\na_total{tenant=\"x\"} 1.0\n# HELP b B.\n# TYPE b gauge\nb 2.0\n";
        String two = "# HELP a_total A, told otherwise.\n# TYPE a_total counter\na_total{tenant=\"y\"} 3.0\n";
        assertThat(MetricsText.joined(List.of(one, "", two)))
                .isEqualTo("# HELP a_total A.\n# TYPE a_total counter\na_total{tenant=\"x\"} 1.0\n"
                        + "a_total{tenant=\"y\"} 3.0\n# HELP b B.\n# TYPE b gauge\nb 2.0\n");
    }
}
