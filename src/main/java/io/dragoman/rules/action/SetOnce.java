// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.text.QuotedText;
import java.util.Optional;

/** An action that sets a value: the first rule that sets it has its way. */
interface SetOnce extends Action {
    @Override
    default Optional<String> slot() {
        return Optional.of(subject());
    }

    @Override
    default String done() {
        return "sets " + subject() + " to " + QuotedText.quote(value());
    }

    @Override
    default String overridden(Action first, String rule) {
        return subject() + " stays " + QuotedText.quote(first.value()) + " as rule " + QuotedText.quote(rule)
                + " set it; this rule asks for " + QuotedText.quote(value());
    }
}
