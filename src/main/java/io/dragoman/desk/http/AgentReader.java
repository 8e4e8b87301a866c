// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Ignored;
import io.dragoman.profile.Element;
import io.dragoman.profile.ElementReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook says of agents: what they answered, and what they did with the conversation. It may say both at once.
 * What is null is never said.
 */
record AgentReader(
        @Nullable ReplyFields reply,
        @Nullable Place closed,
        @Nullable Place reopened,
        @Nullable MovedFields moved,
        @Nullable UpdateFields updated)
        implements ElementReader<DeskEvent> {
    /** The same for an account, whose teams and agents have words of ours. */
    AgentReader knowing(Sorting words) {
        return updated == null ? this : new AgentReader(reply, closed, reopened, moved, updated.knowing(words));
    }

    @Override
    public Optional<List<DeskEvent>> read(Element element) throws MalformedPayload {
        List<DeskEvent> events = new ArrayList<>();
        if (moved != null && moved.place().matches(element)) {
            events.add(moved.read(element));
        }
        if (reply != null && reply.place().matches(element)) {
            events.add(reply.read(element));
        }
        if (updated != null && updated.place().matches(element)) {
            events.add(updated.read(element));
        }
        if (reopened != null && reopened.matches(element)) {
            Place.Named named = reopened.change(element, "reopened");
            events.add(new DeskEvent.ConversationReopened(
                    named.key(), named.at(), named.conversation(), named.reference()));
        }
        if (closed != null && closed.matches(element)) {
            Place.Named named = closed.change(element, "closed");
            events.add(
                    new DeskEvent.ConversationClosed(named.key(), named.at(), named.conversation(), named.reference()));
        }
        return events.isEmpty() ? Optional.empty() : Optional.of(events);
    }

    /** Whether it says how agents set something of a conversation. */
    boolean reads(String name) {
        return switch (name) {
            case "status" -> closed != null || reopened != null;
            case "tags" -> updated != null && updated.tags() != null;
            case "priority" -> updated != null && updated.priority() != null;
            case "team" -> updated != null && updated.team() != null;
            default -> updated != null && updated.assignee() != null;
        };
    }

    @Override
    public DeskEvent ignored(Ignored event) {
        return event;
    }
}
