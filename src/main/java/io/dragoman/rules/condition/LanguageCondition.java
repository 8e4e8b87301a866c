// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * The language that the customer surely reads.
 *
 * <pre>language: [de, fr]</pre>
 */
final class LanguageCondition {
    static final ConditionType TYPE = ConditionType.of(
            "language",
            Form.TEXTS,
            "The customer's language; de takes in de-AT.",
            "[de, fr]",
            (label, node, context) ->
                    LanguageTag.read(label, node, context.problems(), facts -> facts.languages().stream()
                            .findFirst()
                            .orElse(null)));

    private LanguageCondition() {}
}
