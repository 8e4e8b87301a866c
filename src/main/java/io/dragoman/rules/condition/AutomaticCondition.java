// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * Whether a machine wrote the message: an out-of-office mail, a bounce, a list.
 *
 * <pre>automatic: false</pre>
 */
final class AutomaticCondition {
    static final ConditionType TYPE = ConditionType.of(
            "automatic",
            Form.FLAG,
            "Whether a machine wrote the message.",
            "true",
            (label, node, context) -> Flag.read(
                    label,
                    node,
                    context.problems(),
                    facts -> facts.situation().event().automatic() != null,
                    "a machine wrote it"));

    private AutomaticCondition() {}
}
