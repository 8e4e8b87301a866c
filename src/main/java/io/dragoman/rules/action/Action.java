// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import io.dragoman.model.ConversationBuilder;
import java.util.Optional;

/**
 * One thing that a decision does. In JSON it has the {@code type} of {@link Actions} and its own fields; decisions are
 * stored, so both stay as they are.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
@JsonTypeIdResolver(ActionTypeResolver.class)
public interface Action {
    /** What it is about, as outcomes list it: {@code team}, {@code tags}. */
    String subject();

    /** What it gives its subject, for people. */
    String value();

    /** Of the actions with the same one only the first counts; empty for an action that never stands in another's way. */
    Optional<String> slot();

    /** What it does, as a sentence without a subject: {@code sets team to 'billing'}. */
    String done();

    /**
     * What happens to it when the slot was taken, as a sentence.
     *
     * @param rule the name of the rule that took it
     */
    String overridden(Action first, String rule);

    /** What explanations add about it once all rules have spoken: a reply's text, a note. */
    default Optional<String> detail() {
        return Optional.empty();
    }

    /** Does it to the conversation. */
    default void change(ConversationBuilder conversation) {}

    /**
     * The same action as the decision keeps it, once all rules have spoken.
     *
     * @param rule the name of the rule that asked for it
     */
    default Action settled(String rule, ReplyWriter replies) {
        return this;
    }

    /** What became of it when it was settled, as a sentence. */
    default Optional<String> settlement() {
        return Optional.empty();
    }

    /** The rule in whose name it says something to the customer; empty where it says nothing. */
    default Optional<String> speaks() {
        return Optional.empty();
    }

    /** Whether it has any effect: a suppressed reply has none. */
    default boolean isEffective() {
        return true;
    }
}
