// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.CustomerEvent.ChatMoved;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.IdentitiesLinked;
import io.dragoman.model.Identity;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import io.dragoman.work.LinkedIdentities;
import java.util.List;
import java.util.Optional;

/** Writes news of a customer that is no message: they want no more of us, are one with another, have moved. */
final class CommitCustomer {
    private CommitCustomer() {}

    static Ended consent(Tx tx, String channel, ConsentChanged news, long now) {
        Optional<Contact> contact = tx.contacts().byIdentity(channel, news.identities());
        if (contact.isEmpty()) {
            return Ended.ignored("unknown-customer", "it is about somebody who never wrote");
        }
        boolean out = news.consent() == Consent.OPTED_OUT;
        List<Identity> tokens = news.identities().stream()
                .filter(identity -> identity.type().equals(Identity.NOTIFICATION_TOKEN))
                .toList();
        if (tokens.size() < news.identities().size()) {
            tx.contacts().consent(channel, contact.get().id(), out ? now : null);
        } else if (out) {
            tokens.forEach(token -> tx.contacts().stopped(channel, token, news.at()));
        } else {
            tokens.forEach(token -> tx.contacts().resumed(channel, token, news.at()));
        }
        return Ended.DONE;
    }

    /** Contacts that hold them become one; identities that nobody holds are that one's, too. */
    static Ended linked(Tx tx, Events.Stored stored, IdentitiesLinked news, long now) {
        String why = "the channel says that both are one person (event " + stored.id() + ")";
        return LinkedIdentities.apply(tx, stored.id(), stored.source(), news.identities(), why, now)
                ? Ended.DONE
                : Ended.ignored("unknown-customer", "it is about somebody who never wrote");
    }

    static Ended moved(Tx tx, String channel, ChatMoved news) {
        return tx.conversations().move(channel, news.former(), news.address()) > 0
                ? Ended.DONE
                : Ended.ignored("unknown-chat", "the chat that moved has no conversation under its former address");
    }
}
