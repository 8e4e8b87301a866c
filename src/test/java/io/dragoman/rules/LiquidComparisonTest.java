// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where our Liquid differs from Shopify's is known, explained and documented; nothing else differs. */
final class LiquidComparisonTest {
    private final LiquidComparison comparison;

    LiquidComparisonTest() throws IOException {
        comparison = LiquidComparison.read();
    }

    @Test
    void everyDifferenceIsExplainedAndNothingElseIs() {
        List<String> surprising = comparison.cases().stream()
                .filter(each -> each.ours().equals(each.theirs()) != each.why().isEmpty())
                .map(each -> each.template() + " in " + each.language() + ": here '" + each.ours() + "', there '"
                        + each.theirs() + "'; explained: '" + each.why() + "'")
                .toList();
        assertThat(surprising).isEmpty();
        assertThat(comparison.cases()).hasSizeGreaterThan(60);
    }

    @Test
    void documentHasTheTable() throws IOException {
        assertThat(Files.readString(Path.of("docs/rules.md")))
                .as("docs/rules.md lacks this table, which LiquidComparison prints:\n" + comparison.table())
                .contains("\n\n" + comparison.table() + "\n");
    }
}
