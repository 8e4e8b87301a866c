// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * Words or RE2 expressions in what the customer wrote.
 *
 * <pre>text: {any: [refund, money back], none: gift card}</pre>
 */
final class TextCondition {
    static final ConditionType TYPE = ConditionType.of(
            "text",
            Form.SEARCH,
            "Words, or /RE2 expressions/, in what the customer wrote.",
            "{any: [refund]}",
            (label, node, context) -> Search.words(label, node, Facts::text, context.problems()));

    private TextCondition() {}
}
