// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * Whether it is the conversation's first message.
 *
 * <pre>first: true</pre>
 */
final class FirstCondition {
    static final ConditionType TYPE = ConditionType.of(
            "first",
            Form.FLAG,
            "Whether it is the conversation's first message.",
            "true",
            (label, node, context) -> Flag.read(
                    label, node, context.problems(), facts -> facts.situation().first(), "it is the first message"));

    private FirstCondition() {}
}
