// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ruleset;

import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.phrase.Sentence;
import io.dragoman.model.Words;
import io.dragoman.rules.action.Action;
import java.util.Map;

/** What a rule does, as a phrase. */
final class ActionPhrase {
    private static final String ATTRIBUTE = "attribute ";

    private ActionPhrase() {}

    static Phrase of(Action action) {
        String subject = action.subject();
        if (subject.startsWith(ATTRIBUTE)) {
            return Sentence.RULE_ATTRIBUTE.of(
                    Map.of("name", subject.substring(ATTRIBUTE.length()), "value", action.value()));
        }
        String code = "rule-" + subject.replace(' ', '-');
        return Words.find(Sentence.class, code)
                .map(sentence -> sentence.of(Map.of("value", action.value())))
                .orElseGet(() -> new Phrase(code, Map.of(), action.done()));
    }
}
