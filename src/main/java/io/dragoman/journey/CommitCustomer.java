// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.CustomerEvent.ChatMoved;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.store.Tx;
import java.util.Optional;

/** Writes news of a customer that is no message: they want no more of us, their chat has moved. */
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

    static Ended moved(Tx tx, String channel, ChatMoved news) {
        return tx.conversations().move(channel, news.former(), news.address()) > 0
                ? Ended.DONE
                : Ended.ignored("unknown-chat", "the chat that moved has no conversation under its former address");
    }
}
