// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.StopWords;
import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import java.util.List;

/**
 * What the whole message is a word for, in English or a language of the number's country: HELP, START or STOP.
 *
 * <pre>keyword: help</pre>
 */
final class KeywordCondition {
    private static final String HELP = "help";
    private static final String START = "start";
    private static final String STOP = "stop";
    private static final List<String> WORDS = List.of(HELP, START, STOP);

    /** The kind whose provider answers HELP and INFO by itself. */
    private static final String TWILIO = "twilio";

    static final ConditionType TYPE = ConditionType.of(
            "keyword",
            Form.WORDS,
            WORDS,
            "What the whole message is a word for, in English or a language of the number's country; not where the"
                    + " provider answers it.",
            "help",
            KeywordCondition::read);

    private KeywordCondition() {}

    private static List<Condition> read(String label, Node node, ConditionContext context) {
        List<String> wanted = RuleValues.allKnown(node, "keyword", WORDS, context.problems());
        return List.of(new Condition(QuotedText.label(label, wanted), facts -> {
            String found = found(facts);
            return new Finding(wanted.contains(found), found.isEmpty() ? "it is no such word" : found);
        }));
    }

    private static String found(Facts facts) {
        MessageReceived message = facts.situation().event();
        if (message.consent() != null) {
            return message.consent() == Consent.OPTED_OUT ? STOP : START;
        }
        boolean help = StopWords.asksForHelp(facts.rawText(), message.sender().address());
        return !help ? "" : facts.conversation().kind().equals(TWILIO) ? "one that the provider answers" : HELP;
    }
}
