// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;

/** What all judges demand. */
final class Figures {
    private Figures() {}

    /** Every figure whose name starts with {@code !} is zero. */
    static void demandZeros(Map<String, String> figures) {
        Map<String, String> wrong = figures.entrySet().stream()
                .filter(figure -> figure.getKey().startsWith("!"))
                .filter(figure -> !figure.getValue().equals("0"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(wrong).as("%s", figures).isEmpty();
    }
}
