// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * Words or RE2 expressions in what the customer wrote.
 *
 * <pre>text: {any: [refund, money back], none: gift card, in: visible}</pre>
 */
final class TextCondition {
    static final ConditionType TYPE = ConditionType.of(
            "text",
            Form.SEARCH,
            "Words, or /RE2 expressions/, in what the customer wrote; of a mail first in what is seen, then in the rest.",
            "{any: [refund]}",
            (label, node, context) -> Search.written(label, node, context.problems()));

    private TextCondition() {}
}
