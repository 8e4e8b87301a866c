// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerEvent.ReceivedUntil;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Optional;

/**
 * Writes how far everything got that was sent until a time. What is being sent at that moment has no status yet: for it
 * the word is kept until its end is known.
 */
record CommitUntil(CommitNews news) {
    /** So many of a conversation's last messages are looked at: what is older was read long ago. */
    private static final int MOST = 100;

    Ended apply(Tx tx, String event, String channel, ReceivedUntil until, long now) {
        Optional<Contact> contact = tx.contacts().byIdentity(channel, until.identities());
        Optional<Versioned> conversation =
                contact.flatMap(found -> tx.conversations().latest(channel, "contact:" + found.id()));
        if (conversation.isEmpty()) {
            return Ended.ignored("unknown-conversation", "nothing was sent to this customer yet");
        }
        String place = place(conversation.get().conversation().id());
        // its id stands for the messages', which the channel does not tell
        Receipt receipt = new Receipt(event, until.lane(), until.until(), place, until.status(), null, null);
        tx.messages().lock(channel, place);
        return reach(
                        tx,
                        event,
                        channel,
                        receipt,
                        conversation.get().conversation().id(),
                        now)
                ? Ended.DONE
                : Ended.ignored("later-status", "no message sent until then is waiting for it");
    }

    /** Applies what was kept for the messages being sent, now that one of them has its id. */
    void known(Tx tx, String channel, String externalId, long now) {
        Optional<Message> message = tx.messages().byExternalId(channel, externalId);
        if (message.isEmpty() || message.get().direction() != Message.Direction.OUT) {
            return;
        }
        String conversation = message.get().conversation();
        tx.messages().lock(channel, place(conversation));
        for (Receipt kept : tx.messages().takeReceipts(channel, place(conversation))) {
            reach(tx, kept.key(), channel, kept, conversation, now);
        }
    }

    private boolean reach(Tx tx, String event, String channel, Receipt receipt, String conversation, long now) {
        List<Message> sent = tx.messages().sentUntil(conversation, receipt.at(), MOST);
        boolean changed = false;
        for (Message message : sent) {
            if (message.status() != Status.QUEUED) {
                changed |= news.receipt(tx, event, event + ":" + message.id(), message, receipt, now);
            }
        }
        boolean waits = sent.stream().anyMatch(message -> message.status() == Status.QUEUED);
        if (waits) {
            tx.messages().parkReceipt(event, channel, receipt);
        }
        return changed || waits;
    }

    private static String place(String conversation) {
        return "until:" + conversation;
    }
}
