// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * The kind of the channel that the message came in on.
 *
 * <pre>kind: email</pre>
 */
final class KindCondition {
    static final ConditionType TYPE = ConditionType.of(
            "kind",
            Form.TEXTS,
            "The kind of that channel.",
            "email",
            (label, node, context) ->
                    OneOf.of(label, RuleValues.texts(node, context.problems()), facts -> facts.conversation()
                            .kind()));

    private KindCondition() {}
}
