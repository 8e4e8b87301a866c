// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;

/**
 * The channel that the message came in on.
 *
 * <pre>channel: [shop-whatsapp, support-mail]</pre>
 */
final class ChannelCondition {
    static final ConditionType TYPE = ConditionType.of(
            "channel",
            Form.TEXTS,
            "The channel it came in on.",
            "[shop-whatsapp, support-mail]",
            (label, node, context) -> OneOf.of(
                    label,
                    RuleValues.allKnown(node, "channel", context.channels(), context.problems()),
                    facts -> facts.conversation().channel()));

    private ChannelCondition() {}
}
