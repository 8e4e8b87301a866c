// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.DeskCapability;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskEvent.ConversationUpdated;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who has a conversation, here and at the helpdesk. */
final class SortingChecks {
    private SortingChecks() {}

    static void here(TicketTalk talk, HelpdeskSample sample) throws Exception {
        boolean team = talk.goes(DeskCapability.TEAM);
        boolean assignee = talk.goes(DeskCapability.ASSIGNEE);
        if (!team && !assignee) {
            throw new NotApplicable("its profile sends neither team nor assignee");
        }
        talk.says("The first");
        talk.ticket();
        if (team) {
            List<DeskEvent> events = sorts(talk, "billing", null);
            String there = talk.ticket().team();
            Expect.that(
                    sample.helpdesk().sorting().getOrDefault("teams", "").endsWith("=" + there),
                    "the team '" + there + "'",
                    "that of billing");
            back(talk, DeskCapability.TEAM, events, ConversationUpdated::team, "billing");
        }
        if (assignee) {
            List<DeskEvent> events = sorts(talk, "billing", "mara");
            String there = talk.ticket().assignee();
            Expect.that(
                    sample.helpdesk().sorting().getOrDefault("assignees", "").endsWith("=" + there),
                    "the agent '" + there + "'",
                    "that of mara");
            back(talk, DeskCapability.ASSIGNEE, events, ConversationUpdated::assignee, "mara");
        }
        talk.insists(talk.state(Conversation.State.OPEN, "a team that has no word there", null));
    }

    private static List<DeskEvent> sorts(TicketTalk talk, String team, @Nullable String assignee) throws Exception {
        return talk.told(() -> talk.insists(talk.state(Conversation.State.OPEN, team, assignee)));
    }

    /** What comes back of it is in the end our word: else it would take the place of ours. */
    private static void back(
            TicketTalk talk,
            DeskCapability capability,
            List<DeskEvent> events,
            Function<ConversationUpdated, @Nullable Object> value,
            String ours) {
        List<ConversationUpdated> updates = events.stream()
                .filter(event -> event instanceof ConversationUpdated && talk.comes(capability))
                .map(ConversationUpdated.class::cast)
                .toList();
        if (!updates.isEmpty()) {
            Object found = value.apply(updates.get(updates.size() - 1));
            Expect.that(
                    found == null || found.equals("") || found.equals(ours),
                    "the " + capability.title() + " '" + found + "' of what we set ourselves",
                    ours);
        }
    }

    static void there(TicketTalk talk, HelpdeskSample sample) throws Exception {
        talk.says("The first");
        String id = talk.ticket().id();
        HelpdeskSimulator helpdesk = sample.helpdesk();
        learns(talk, DeskCapability.TEAM, () -> helpdesk.agentMoves(id, "7"), ConversationUpdated::team);
        learns(talk, DeskCapability.ASSIGNEE, () -> helpdesk.agentAssigns(id, "9001"), ConversationUpdated::assignee);
        learns(talk, DeskCapability.TAGS, () -> helpdesk.agentTags(id, "refund"), ConversationUpdated::tags);
    }

    private static void learns(
            TicketTalk talk,
            DeskCapability capability,
            Runnable act,
            Function<ConversationUpdated, @Nullable Object> value)
            throws Exception {
        if (talk.comes(capability)) {
            List<DeskEvent> events = talk.told(act);
            Expect.that(
                    events.stream()
                            .filter(ConversationUpdated.class::isInstance)
                            .map(event -> value.apply((ConversationUpdated) event))
                            .anyMatch(found -> found != null && !found.equals("") && !found.equals(List.of())),
                    "nothing of the " + capability.title(),
                    "a ConversationUpdated with it");
        }
    }
}
