// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.action.Action;
import io.dragoman.rules.action.AddContactTag;
import io.dragoman.rules.action.AddNote;
import io.dragoman.rules.action.AnswerQuestion;
import io.dragoman.rules.action.AskApproval;
import io.dragoman.rules.action.AskPoll;
import io.dragoman.rules.action.DropMessage;
import io.dragoman.rules.action.SendReply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rules ask for, with the reason why each rule did or did not match. Kept with the message.
 *
 * @param actions in the order in which the rules asked for them, without those that an earlier rule stood in the way of;
 *     the suppressed replies too
 * @param rules every rule in order, up to the one that stopped
 */
public record Decision(List<Action> actions, List<Considered> rules) {
    /** No rule asked for anything. */
    public static final Decision NOTHING = new Decision(List.of(), List.of());

    public Decision {
        actions = List.copyOf(actions);
        rules = List.copyOf(rules);
    }

    /** Reads a stored decision, also of the form in which each action had a field of its own. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Decision read(JsonNode stored) throws IOException {
        return DecisionReader.read(stored);
    }

    /** Does to the conversation what the rules ask for; it is open unless they close it. */
    public void change(ConversationBuilder conversation) {
        conversation.status(Conversation.State.OPEN);
        apply(conversation);
    }

    /** Does to the conversation what the rules ask for where no message opens it. */
    public void apply(ConversationBuilder conversation) {
        actions.forEach(action -> action.change(conversation));
    }

    /** The contact with the tags that the rules add. */
    public Contact change(Contact contact) {
        return contact.tagged(
                all(AddContactTag.class).stream().map(AddContactTag::tag).toList());
    }

    /** What is set or added, by its subject: {@code team}, {@code tags}. */
    public List<String> values(String subject) {
        return actions.stream()
                .filter(action -> action.isEffective() && action.subject().equals(subject))
                .map(Action::value)
                .toList();
    }

    /** The subjects that have values, in order. */
    public List<String> subjects() {
        return actions.stream()
                .filter(Action::isEffective)
                .map(Action::subject)
                .distinct()
                .toList();
    }

    /** Why the message goes nowhere; null forwards it. */
    public @Nullable String drop() {
        return all(DropMessage.class).stream()
                .findFirst()
                .map(DropMessage::reason)
                .orElse(null);
    }

    /** For the agents, in order. */
    public List<String> notes() {
        return Stream.of(
                        all(AddNote.class).stream().map(AddNote::note),
                        answer().flatMap(AnswerQuestion::note).stream(),
                        all(AskApproval.class).stream().flatMap(asked -> asked.note().stream()))
                .flatMap(Function.identity())
                .toList();
    }

    /** To the customer, the suppressed ones too. */
    public List<SendReply> replies() {
        return all(SendReply.class);
    }

    /** The poll that is asked, a suppressed one too; nothing where no rule asks. */
    public Optional<AskPoll> ask() {
        return all(AskPoll.class).stream().findFirst();
    }

    /** What was answered from the FAQ, or why not; nothing where no rule asked for that. */
    public Optional<AnswerQuestion> answer() {
        return all(AnswerQuestion.class).stream().findFirst();
    }

    /** How long the answer of a rule waits for approval at most; empty where it does not wait. */
    public Optional<Duration> approval(String rule) {
        return all(AskApproval.class).stream()
                .filter(one -> one.needed() && one.rule().equals(rule))
                .findFirst()
                .map(one -> Duration.ofSeconds(one.seconds()));
    }

    private <A extends Action> List<A> all(Class<A> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public String toString() {
        return "Decision[" + rules.size() + " rules]";
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
     * @param why what was found against what was expected, for an operator who may read the conversation
     */
    public record Check(String condition, boolean passed, String why) {
        @Override
        public String toString() {
            return "Check[" + condition + ", " + passed + "]";
        }
    }
}
