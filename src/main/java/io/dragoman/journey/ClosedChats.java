// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Served;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.journey.Commit.Fed;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.store.Tx;

/** Lets the customer of a chat that is closed read that it is, and the rules that wait for that have their turn. */
final class ClosedChats {
    private final ConnectorRegistry registry;
    private final CountedEvents counted;
    private final Triggers triggers;

    ClosedChats(ConnectorRegistry registry, Outgoing outgoing, Triggers triggers) {
        this.registry = registry;
        this.counted = outgoing.counted();
        this.triggers = triggers;
    }

    /**
     * Adds it to the feed of the conversation's channel, where that has feeds.
     *
     * @param cause the id of the event that closed it
     * @return the end of that event, with the feed whose readers are to be woken
     */
    Ended ended(Tx tx, Conversation before, Conversation after, String cause, long now) {
        triggers.changed(tx, cause, before, after, now);
        counted.changed(tx, cause, before, after, now);
        if (before.status() == State.CLOSED || after.status() != State.CLOSED) {
            return Ended.DONE;
        }
        String channel = after.channel();
        return registry.find(channel)
                .filter(configured -> configured.connector() instanceof Served)
                .flatMap(configured -> ((Served) configured.connector()).closed(after, cause))
                .map(entry -> Ended.done(new Fed(channel, tx.feeds().append(channel, entry, now))))
                .orElse(Ended.DONE);
    }
}
