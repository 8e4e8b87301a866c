// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.answer.AnswerOptions;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.AnswerOutcome.Kind;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers a question from the FAQ, and hands the conversation over where that fails.
 *
 * <pre>answer: {tags: [delivery], misses: 2, doubt: hand-over}</pre>
 *
 * @param outcome null until it is settled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnswerQuestion(
        AnswerOptions options, @Nullable AnswerOutcome outcome) implements Action {
    /** The attribute of a conversation that says what its last answer came to. */
    public static final String STATE = "faq";
    /** How many misses in a row there were. */
    public static final String MISSES = "faqMisses";

    private static final String HERE = SchemaKey.RULE + "answer.";
    private static final String HAND_OVER = "hand-over";
    private static final List<String> DOUBT = List.of("nothing", HAND_OVER);
    private static final int MOST_MISSES = 9;

    static final ActionType TYPE = ActionType.of(
            "answer",
            Form.SWITCH,
            "Answers from the FAQ, and hands the conversation over on request, on doubt and after misses.",
            "true",
            AnswerQuestion.class,
            AnswerQuestion::read);

    /** What stands below it. */
    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(HERE + "tags", Form.TEXTS, "Entries with one of these tags alone.", "[delivery]"),
            new SchemaKey(HERE + "misses", Form.NUMBER, "So many misses in a row hand over; 2.", "3"),
            new SchemaKey(
                    HERE + "doubt",
                    Form.WORD,
                    DOUBT,
                    "What to do at once when nothing is found: nothing, or hand over.",
                    HAND_OVER),
            new SchemaKey(HERE + "close", Form.FLAG, "Closes the conversation of a customer who was helped.", "true"),
            new SchemaKey(
                    HERE + "reply",
                    Form.TEXT,
                    "The reply of replies.yaml around an answer: with {{ answer.text }} and {{ answer.source }}.",
                    "faq"),
            new SchemaKey(HERE + "helped", Form.TEXT, "The reply that asks whether the answer helped.", "faq-helped"),
            new SchemaKey(HERE + "again", Form.TEXT, "The reply after an answer that did not help.", "faq-again"),
            new SchemaKey(HERE + "handOver", Form.TEXT, "The reply when people go on.", "faq-people"));

    private static List<AnswerQuestion> read(Node node, ActionContext context) {
        Problems problems = context.problems();
        if (node.shape() == Node.Shape.TEXT) {
            return Boolean.TRUE.equals(RuleValues.flag(node, problems))
                    ? List.of(new AnswerQuestion(
                            new AnswerOptions(List.of(), AnswerOptions.MISSES, false, false, null, null, null, null),
                            null))
                    : List.of();
        }
        node.needEntries(problems);
        node.allowKeys(problems, SchemaKey.names(KEYS, HERE));
        return List.of(new AnswerQuestion(
                new AnswerOptions(
                        node.get("tags")
                                .map(tags -> RuleValues.texts(tags, problems))
                                .orElse(List.of()),
                        node.get("misses")
                                .map(misses -> misses(misses, problems))
                                .orElse(AnswerOptions.MISSES),
                        node.get("doubt")
                                .map(doubt -> RuleValues.known(doubt, "doubt", DOUBT, problems))
                                .filter(HAND_OVER::equals)
                                .isPresent(),
                        node.get("close")
                                .filter(close -> Boolean.TRUE.equals(RuleValues.flag(close, problems)))
                                .isPresent(),
                        reply(node, "reply", context),
                        reply(node, "helped", context),
                        reply(node, "again", context),
                        reply(node, "handOver", context)),
                null));
    }

    private static int misses(Node node, Problems problems) {
        String text = node.needText(problems);
        if (text.matches("[1-9]")) {
            return Integer.parseInt(text);
        }
        if (node.shape() == Node.Shape.TEXT) {
            problems.add(
                    node,
                    "is " + QuotedText.quote(text) + " but must be a whole number from 1 to " + MOST_MISSES + ".");
        }
        return AnswerOptions.MISSES;
    }

    private static @Nullable String reply(Node node, String key, ActionContext context) {
        return node.get(key)
                .map(name -> RuleValues.known(name, "reply in replies.yaml", context.replies(), context.problems()))
                .orElse(null);
    }

    @Override
    public String subject() {
        return "answer";
    }

    @Override
    public String value() {
        return outcome == null ? "faq" : outcome.kind().word();
    }

    @Override
    public Optional<String> slot() {
        return Optional.of("answer");
    }

    @Override
    public String done() {
        return "answers from the FAQ";
    }

    @Override
    public String overridden(Action first, String rule) {
        return "rule " + QuotedText.quote(rule) + " answers already";
    }

    @Override
    public Action settled(String rule, ReplyWriter replies) {
        return new AnswerQuestion(options, replies.answer(rule, options));
    }

    @Override
    public Optional<String> settlement() {
        return Optional.ofNullable(outcome).map(AnswerOutcome::explained);
    }

    @Override
    public Optional<String> detail() {
        return Optional.ofNullable(outcome).map(came -> came.speaks() ? "answer: " + came.text() : came.explained());
    }

    @Override
    public void change(ConversationBuilder conversation) {
        if (outcome == null || outcome.kind() == Kind.NOTHING || (outcome.suppressed() != null && !handsOver())) {
            return;
        }
        conversation.attributes(Map.of(STATE, outcome.kind().word(), MISSES, String.valueOf(outcome.misses())));
        if (outcome.kind() == Kind.HELPED && options.close()) {
            conversation.status(Conversation.State.CLOSED);
        }
    }

    @Override
    public Optional<String> speaks() {
        return Optional.ofNullable(outcome).filter(AnswerOutcome::speaks).map(AnswerOutcome::rule);
    }

    @Override
    public boolean isEffective() {
        return outcome == null || outcome.kind() != Kind.NOTHING;
    }

    /** Whether people go on from here. */
    public boolean handsOver() {
        return outcome != null && outcome.kind() == Kind.HANDED_OVER;
    }

    /** What agents are told of it; nothing where nothing was said. */
    public Optional<String> note() {
        if (outcome == null) {
            return Optional.empty();
        }
        return switch (outcome.kind()) {
            case ANSWERED ->
                outcome.speaks()
                        ? Optional.of("Answered from the FAQ: "
                                + outcome.near().get(0).question())
                        : Optional.empty();
            case HELPED -> Optional.of("The customer says that the answer from the FAQ helped.");
            case HANDED_OVER -> Optional.of("The answers handed the conversation over: " + outcome.why() + ".");
            case MISSED, NOTHING -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return "AnswerQuestion[" + value() + "]";
    }
}
