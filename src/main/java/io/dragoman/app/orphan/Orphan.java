// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.orphan;

import io.dragoman.store.Orphans.Holding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel or desk that the store knows and the configuration does not.
 *
 * @param side {@code channel} or {@code desk}; null where the store does not show which it was
 * @param openConversations that it has, or that are open on it
 * @param waitingDeliveries that go out when a channel or desk of this id is back
 * @param position whether it has a position to poll from, which a channel of this id would go on at
 * @param conversations the latest of the open ones, where they were asked for
 */
public record Orphan(
        String id,
        @Nullable String side,
        long openConversations,
        long waitingDeliveries,
        boolean position,
        List<String> conversations) {
    public Orphan {
        conversations = List.copyOf(conversations);
    }

    static Orphan of(Holding holding, List<String> conversations) {
        String side = holding.atDesk() > 0 ? "desk" : holding.onChannel() > 0 || holding.position() ? "channel" : null;
        return new Orphan(
                holding.id(),
                side,
                holding.atDesk() + holding.onChannel(),
                holding.waiting(),
                holding.position(),
                conversations);
    }

    /**
     * What it means and what to do.
     *
     * @param desk where conversations go unless a rule says otherwise
     */
    public String sentence(String desk) {
        List<String> has = new ArrayList<>();
        if (openConversations > 0) {
            has.add(openConversations + " open conversation" + (openConversations == 1 ? "" : "s"));
        }
        if (waitingDeliveries > 0) {
            has.add(waitingDeliveries + " waiting " + (waitingDeliveries == 1 ? "delivery" : "deliveries"));
        }
        if (position) {
            has.add("a position to poll from");
        }
        String of = (side == null ? "" : side + " ") + id;
        return of + " is not configured, but the store has " + String.join(", ", has) + " of it" + examples() + ". "
                + remedy(desk);
    }

    private String examples() {
        return conversations.isEmpty() ? "" : " (" + String.join(", ", conversations) + (more() ? ", …" : "") + ")";
    }

    private boolean more() {
        return openConversations > conversations.size();
    }

    private String remedy(String desk) {
        if ("desk".equals(side)) {
            return "The next message of each goes to " + desk
                    + ". Where the desk was renamed, its address is now /desks/"
                    + " and its new id: what it posts to /desks/" + id + " gets 404."
                    + (waitingDeliveries > 0 ? " What waits stays until ./dragoman move " + id + " " + desk + "." : "");
        }
        if (openConversations + waitingDeliveries == 0) {
            return "It does no harm: a channel of this id would go on there.";
        }
        return "Answers wait until " + ("channel".equals(side) ? "a channel" : "a channel or desk")
                + " of this id is back. If it was renamed, give it its id again.";
    }
}
