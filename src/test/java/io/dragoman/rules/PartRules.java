// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Part;

/** Asks rules about a single part, for tests elsewhere. */
public final class PartRules {
    private PartRules() {}

    /** Whether a message of this part alone meets a {@code when}, which must be written without a problem. */
    public static boolean matches(Part part, String when) {
        return Book.of("rules:\n  - name: it\n    when: " + when + "\n    tags: [yes]\n")
                .decide(A.nothingBut(part).now())
                .values("tags")
                .contains("yes");
    }
}
