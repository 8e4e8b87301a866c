// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Conversation.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules ask for, with the reason why each rule did or did not match. Kept with the message.
 *
 * @param team null leaves it as it is; so with priority and desk
 * @param tags to add
 * @param desk where to forward from now on
 * @param drop why the message goes nowhere; null forwards it
 * @param close whether to close the conversation
 * @param notes for the agents, in order
 * @param replies to the customer, the suppressed ones too
 * @param rules every rule in order, up to the one that stopped
 */
public record Decision(
        @Nullable String team,
        List<String> tags,
        @Nullable Priority priority,
        @Nullable String desk,
        @Nullable String drop,
        boolean close,
        List<String> notes,
        List<Reply> replies,
        List<Considered> rules) {
    /** No rule asked for anything. */
    public static final Decision NOTHING =
            new Decision(null, List.of(), null, null, null, false, List.of(), List.of(), List.of());

    public Decision {
        tags = List.copyOf(tags);
        notes = List.copyOf(notes);
        replies = List.copyOf(replies);
        rules = List.copyOf(rules);
    }

    @Override
    public String toString() {
        return "Decision[" + rules.size() + " rules]";
    }

    /**
     * An automatic reply.
     *
     * @param rule the rule that asked for it
     * @param reply its name in {@code replies.yaml}
     * @param language of the text that was chosen
     * @param text as the customer gets it; empty when suppressed
     * @param suppressed why it is not sent; null sends it
     */
    public record Reply(
            String rule,
            String reply,
            String language,
            String text,
            @Nullable String suppressed) {
        @Override
        public String toString() {
            return "Reply[" + reply + "]";
        }
    }

    /**
     * One rule and what came of it.
     *
     * @param checks each condition, up to the first that failed
     * @param actions what it did, as sentences; also what an earlier rule had already set
     */
    public record Considered(String rule, boolean matched, List<Check> checks, List<String> actions) {
        public Considered {
            checks = List.copyOf(checks);
            actions = List.copyOf(actions);
        }
    }

    /**
     * One condition.
     *
     * @param condition as written, such as {@code text.any: refund}
     * @param why what was found against what was wanted, for an operator who may read the conversation
     */
    public record Check(String condition, boolean passed, String why) {
        @Override
        public String toString() {
            return "Check[" + condition + ", " + passed + "]";
        }
    }
}
