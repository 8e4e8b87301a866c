// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.DeskPolicy;
import io.dragoman.connector.DeskPolicy.WhenMoved;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.store.Tx;
import org.jspecify.annotations.Nullable;

/** Tells the desk that had a conversation, while it is configured, which one has it now, as that desk's setting says. */
final class HandOver {
    private final ConnectorRegistry registry;
    private final Outgoing outgoing;

    HandOver(ConnectorRegistry registry, Outgoing outgoing) {
        this.registry = registry;
        this.outgoing = outgoing;
    }

    void tell(Tx tx, String event, Conversation before, Conversation now, Contact contact, long at) {
        String former = before.desk();
        ConfiguredAccount desk = former == null ? null : registry.now().desks().get(former);
        if (former == null || desk == null) {
            return;
        }
        WhenMoved when = DeskPolicy.of(desk.account()).whenMoved();
        if (when == WhenMoved.NOTHING) {
            return;
        }
        Conversation shown = now.change()
                .deskReference(
                        tx.conversationDesks().reference(before.id(), former).orElse(null))
                .build();
        String note = "The conversation was given to the desk " + now.desk() + ", where it goes on.";
        send(tx, former, event, event + ":moved", shown, contact, note, at);
        if (when == WhenMoved.CLOSE) {
            // news of its own: a helpdesk has one request for a note and another for the state
            Conversation closed =
                    shown.change().status(Conversation.State.CLOSED).build();
            send(tx, former, event, event, closed, contact, null, at);
        }
    }

    private void send(
            Tx tx,
            String desk,
            String event,
            String cause,
            Conversation shown,
            Contact contact,
            @Nullable String note,
            long at) {
        DeskNotice notice = Outgoing.notice(DeskNotice.Type.CONVERSATION_UPDATED, at, shown, contact, null, null, note);
        outgoing.notice(tx, desk, event, cause, notice, at);
    }
}
