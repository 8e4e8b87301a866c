// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets what a rule says to the customer wait until somebody approves it, or not.
 *
 * <pre>approval: never</pre>
 *
 * @param rule whose answer waits; empty until it is settled
 * @param needed whether it waits
 * @param seconds how long it waits at most
 */
public record AskApproval(String rule, boolean needed, long seconds) implements Action {
    private static final String REQUIRED = "required";

    static final ActionType TYPE = ActionType.of(
            "approval",
            Form.WORD,
            List.of(REQUIRED, "never"),
            "Whether this rule's answer waits until somebody approves it; without it, as listening.yaml says.",
            "never",
            AskApproval.class,
            (node, context) -> Stream.ofNullable(
                            RuleValues.known(node, "approval", List.of(REQUIRED, "never"), context.problems()))
                    .map(word -> new AskApproval("", word.equals(REQUIRED), 0))
                    .toList());

    /** The answer of a rule waits. */
    public static AskApproval of(String rule, Duration expires) {
        return new AskApproval(rule, true, expires.toSeconds());
    }

    @Override
    public String subject() {
        return "approval";
    }

    @Override
    public String value() {
        return needed ? REQUIRED : "never";
    }

    @Override
    public Optional<String> slot() {
        return Optional.empty();
    }

    @Override
    public String done() {
        return needed ? "lets its answer wait for approval" : "needs no approval for its answer";
    }

    @Override
    public String overridden(Action first, String rule) {
        return done();
    }

    @Override
    public Action settled(String rule, ReplyWriter replies) {
        return new AskApproval(rule, needed, seconds);
    }

    /** What agents are told of it. */
    public Optional<String> note() {
        return needed && seconds > 0
                ? Optional.of("The automatic answer of the rule " + rule + " is not sent until it is approved.")
                : Optional.empty();
    }

    @Override
    public Optional<String> detail() {
        return needed && seconds > 0
                ? Optional.of("the answer of the rule " + rule + " waits for approval, " + Duration.ofSeconds(seconds)
                        + " at most")
                : Optional.empty();
    }
}
