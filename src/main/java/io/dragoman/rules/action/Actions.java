// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.model.Json;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The table of all actions, and the reading of a rule's actions by it. */
public final class Actions {
    /** In the order in which the actions of one rule are taken. */
    private static final List<ActionType> ALL = List.of(
            SendReply.TYPE,
            AskPoll.TYPE,
            AnswerQuestion.TYPE,
            SetTeam.TYPE,
            SetAssignee.TYPE,
            SetPriority.TYPE,
            SetDesk.TYPE,
            DropMessage.TYPE,
            AddTag.TYPE,
            SetAttribute.TYPE,
            AddContactTag.TYPE,
            CloseConversation.TYPE,
            AddNote.TYPE,
            AskApproval.TYPE);

    /** The word of the one that no rule asks for. */
    private static final String HEARD = "heard";

    /** The keys that they have in a rule. */
    public static final List<SchemaKey> KEYS = Stream.concat(
                    ALL.stream().map(ActionType::key), AnswerQuestion.KEYS.stream())
            .toList();

    private final ActionContext context;

    /**
     * @param replies the names in {@code replies.yaml}
     * @param desks the ids in {@code desks.yaml}
     * @param polls the names in {@code polls.yaml}
     */
    public Actions(Set<String> replies, Set<String> desks, Set<String> polls, Problems problems) {
        context = new ActionContext(replies, desks, polls, problems);
    }

    /** What a rule asks for. */
    public List<Action> read(Node rule) {
        List<Action> actions = new ArrayList<>();
        for (ActionType type : ALL) {
            rule.get(type.name()).ifPresent(node -> actions.addAll(type.reader().read(node, context)));
        }
        return actions;
    }

    /** The word of an action in JSON. */
    static String type(Class<?> action) {
        if (action == HearStream.class) {
            return HEARD;
        }
        return ALL.stream()
                .filter(type -> type.action() == action)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(action.getSimpleName() + " is not in the table of actions"))
                .type();
    }

    /** The action of a word in JSON. */
    static Class<? extends Action> action(String word) throws Json.JsonShape {
        if (word.equals(HEARD)) {
            return HearStream.class;
        }
        return ALL.stream()
                .filter(type -> type.type().equals(word))
                .findFirst()
                .orElseThrow(() -> new Json.JsonShape("there is no action of the type " + word))
                .action();
    }
}
