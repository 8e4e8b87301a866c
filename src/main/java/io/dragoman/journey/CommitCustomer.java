// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.CustomerEvent.ChatMoved;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.IdentitiesLinked;
import io.dragoman.model.Identity;
import io.dragoman.model.Purpose;
import io.dragoman.store.Consents;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Consents.Statement;
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
        List<Statement> said = Consents.of(!out, Source.CHANNEL, out ? "stopped there" : "let us write again there");
        if (tokens.size() < news.identities().size()) {
            said.forEach(one -> tx.consents().state(channel, contact.get().id(), one, now));
        } else {
            tokens.forEach(token -> said.stream()
                    .filter(one -> one.purpose() == Purpose.SERVICE)
                    .forEach(one -> tx.consents().state(channel, token, one, news.at())));
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
