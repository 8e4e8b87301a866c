// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * A CEL expression that is true, for everything else.
 *
 * <pre>if: message.parts.size() > 1 &amp;&amp; "vip" in contact.tags</pre>
 */
final class ExpressionCondition {
    static final ConditionType TYPE = ConditionType.of(
            "if",
            Form.EXPRESSION,
            "A CEL expression, for everything else.",
            "message.parts.size() > 1",
            (label, node, context) -> context.expressions().compile(node, context.problems()).stream()
                    .toList());

    private ExpressionCondition() {}
}
