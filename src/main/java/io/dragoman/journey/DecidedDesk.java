// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.Decision;
import io.dragoman.store.Tx;
import org.jspecify.annotations.Nullable;

/** Which desk gets a conversation that rules decided on. */
record DecidedDesk(ConnectorRegistry registry, Bots bots) {

    /** Rules name desks that are configured; one that was removed since they decided is none of theirs any more. */
    @Nullable
    String of(Tx tx, Conversation before, Decision decision) {
        ConfiguredAccounts accounts = registry.now();
        String otherwise = before.desk() == null ? accounts.policy().desk() : before.desk();
        String ruled = decision.values("desk").stream()
                .filter(accounts::takesConversations)
                .findFirst()
                .orElse(null);
        return bots.desk(tx, before, ruled, otherwise);
    }

    /** Gives a stored conversation to a desk. */
    void give(Tx tx, Conversation before, @Nullable String desk, ConversationBuilder next) {
        next.desk(desk);
        if (desk != null && !desk.equals(before.desk())) {
            tx.conversationDesks().assigned(before.id(), desk);
            next.deskReference(
                    tx.conversationDesks().reference(before.id(), desk).orElse(null));
        }
    }
}
