// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.model.Conversation;
import io.dragoman.model.Words;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.rules.text.SearchText;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The conversation as it was before this message.
 *
 * <pre>conversation: {team: billing, priority: [high, urgent], tags: {none: [refund]}, attributes: {order: late}}</pre>
 */
final class ConversationConditions {
    private static final List<String> PRIORITIES = Words.all(Conversation.Priority.class);
    private static final List<String> STATES = Words.all(Conversation.State.class);

    static final SchemaKey KEY = new SchemaKey(
            SchemaKey.WHEN + "conversation",
            Form.MAP,
            "The conversation as it was before this message.",
            "{team: billing}");

    static final List<ConditionType> TYPES = List.of(
            texts("team", "The team that has it.", "billing", Conversation::team),
            texts("assignee", "Who of the team has it.", "mara", Conversation::assignee),
            ConditionType.of(
                    "conversation.tags",
                    Form.SEARCH,
                    "Its tags, whole.",
                    "{none: [refund]}",
                    (label, node, context) -> Search.tags(
                            label, node, facts -> facts.conversation().tags(), context.problems())),
            ConditionType.of(
                    "conversation.attributes.*",
                    Form.TEXTS,
                    "Its attribute of that name.",
                    "late",
                    (label, node, context) -> OneOf.named(label, node, context.problems(), facts -> facts.conversation()
                            .attributes())),
            words("priority", Form.WORDS, PRIORITIES, "How urgent it is.", "[high, urgent]", Conversation::priority),
            words("status", Form.WORD, STATES, "Whether it was still open.", "open", Conversation::status),
            ConditionType.of(
                    "conversation.subject",
                    Form.SEARCH,
                    "Words in its first subject.",
                    "invoice",
                    (label, node, context) -> Search.words(
                            label,
                            node,
                            facts -> new SearchText(
                                    QuotedText.orEmpty(facts.conversation().subject())),
                            context.problems())),
            ConditionType.of(
                    "conversation.language",
                    Form.TEXTS,
                    "Its language.",
                    "ka",
                    (label, node, context) ->
                            LanguageTag.read(label, node, context.problems(), facts -> facts.conversation()
                                    .language())),
            ConditionType.of(
                    "conversation.desk",
                    Form.TEXTS,
                    "The desk that has it.",
                    "billing-desk",
                    (label, node, context) -> OneOf.of(
                            label,
                            RuleValues.allKnown(node, "desk", context.desks(), context.problems()),
                            facts -> facts.conversation().desk())));

    private ConversationConditions() {}

    private static ConditionType texts(
            String name, String about, String example, Function<Conversation, @Nullable String> value) {
        return ConditionType.of(
                "conversation." + name,
                Form.TEXTS,
                about,
                example,
                (label, node, context) -> OneOf.of(
                        label, RuleValues.texts(node, context.problems()), facts -> value.apply(facts.conversation())));
    }

    private static ConditionType words(
            String name,
            Form form,
            List<String> words,
            String about,
            String example,
            Function<Conversation, Enum<?>> value) {
        return ConditionType.of(
                "conversation." + name,
                form,
                words,
                about,
                example,
                (label, node, context) -> OneOf.of(
                        label,
                        RuleValues.allKnown(node, name, words, context.problems()),
                        facts -> Words.of(value.apply(facts.conversation()))));
    }
}
