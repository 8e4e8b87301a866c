// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.CustomerEvent.ChatMoved;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.IdentitiesLinked;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
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
        tx.contacts().consent(channel, contact.get().id(), news.consent() == Consent.OPTED_OUT ? now : null);
        return Ended.DONE;
    }

    /** Contacts that hold them become one; identities that nobody holds are that one's, too. */
    static Ended linked(Tx tx, Events.Stored stored, IdentitiesLinked news, long now) {
        String channel = stored.source();
        List<String> holders = tx.merges().holders(channel, news.identities());
        if (holders.isEmpty()) {
            return Ended.ignored("unknown-customer", "it is about somebody who never wrote");
        }
        String survivor = holders.get(0);
        for (String other : holders.subList(1, holders.size())) {
            String why = "the channel says that both are one person (event " + stored.id() + ")";
            tx.merges().merge(stored.id() + "/" + other, survivor, other, why, now);
        }
        news.identities().forEach(identity -> tx.contacts().addIdentity(channel, survivor, identity));
        return Ended.DONE;
    }

    static Ended moved(Tx tx, String channel, ChatMoved news) {
        return tx.conversations().move(channel, news.former(), news.address()) > 0
                ? Ended.DONE
                : Ended.ignored("unknown-chat", "the chat that moved has no conversation under its former address");
    }
}
