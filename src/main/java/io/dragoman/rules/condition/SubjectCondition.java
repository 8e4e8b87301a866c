// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * Words or RE2 expressions in the subject of the mail, else of the conversation.
 *
 * <pre>subject: invoice</pre>
 */
final class SubjectCondition {
    static final ConditionType TYPE = ConditionType.of(
            "subject",
            Form.SEARCH,
            "The same in the subject.",
            "invoice",
            (label, node, context) -> Search.words(label, node, Facts::subject, context.problems()));

    private SubjectCondition() {}
}
