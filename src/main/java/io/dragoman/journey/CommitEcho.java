// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.store.Tx;
import java.time.Instant;

/** Writes what the business itself wrote to a customer outside of us, so that no agent answers once more. */
public final class CommitEcho {
    private final Outgoing outgoing;
    private final ReplyWindows windows;
    private final CommitNews news;
    private final Bots bots;

    public CommitEcho(ConnectorRegistry registry, Outgoing outgoing, Bots bots) {
        this.bots = bots;
        this.outgoing = outgoing;
        this.windows = new ReplyWindows(registry);
        this.news = new CommitNews(outgoing);
    }

    Ended apply(Tx tx, JourneyContext context, MessageEchoed event, ConversationMatch place, long now) {
        String id = context.stored().id();
        String channel = context.stored().source();
        tx.messages().lock(channel, event.externalId());
        if (tx.messages().byExternalId(channel, event.externalId()).isPresent()) {
            return Ended.ignored("known-message", "it is a message that we know already");
        }
        awaitOwn(tx, context, place, now);
        if (!namesCustomer(event) && place.newContact()) {
            return Ended.ignored("own-elsewhere", "it stands below nothing that a customer wrote to us");
        }
        Contact contact = namesCustomer(event)
                ? CommitMessage.contact(tx, channel, event.customer(), place, now)
                : place.contact();
        Conversation conversation = conversation(event, place, now);
        Message message = Message.echoed(
                id,
                place.write(tx, conversation),
                event.at(),
                context.stored().receivedAt(),
                outgoing.mediaIds(event.parts()));
        tx.messages().insert(message);
        outgoing.counted().begun(tx, id, place, conversation, now);
        outgoing.counted().message(tx, id, message, conversation, now);
        Triggers.answered(tx, conversation.id());
        tx.messages().external(channel, event.externalId(), id);
        outgoing.fetch(tx, id, context.stored().raw(), event.parts(), message, conversation, now);
        outgoing.notice(
                tx,
                id,
                id,
                Outgoing.notice(DeskNotice.Type.MESSAGE_SENT, now, conversation, contact, message, null, null),
                now);
        bots.answered(tx, id, channel, conversation, now);
        early(tx, channel, event.externalId(), now);
        return Ended.DONE;
    }

    /** Whether the channel tells whom it is to, and not only what it stands below. */
    static boolean namesCustomer(MessageEchoed event) {
        return event.customer().identities().stream().anyMatch(Identity::verified);
    }

    /**
     * While a message of ours to the same conversation is on the way, this may be that one, told before the answer that
     * names its id: the event waits for it, for a minute.
     *
     * @throws TooEarly to wait
     */
    private static void awaitOwn(Tx tx, JourneyContext context, ConversationMatch place, long now) {
        String channel = context.stored().source();
        if (tx.attempts().isUnderWay(channel, place.conversation().id())) {
            TooEarly.await(
                    context.stored(), now, "a message to this conversation is being sent whose id is not known yet");
        }
    }

    private Conversation conversation(MessageEchoed event, ConversationMatch place, long now) {
        Conversation before = place.conversation();
        return before.change()
                .replyUntil(windows.unchanged(before, event.at()))
                .updatedAt(Instant.ofEpochMilli(now))
                .build();
    }

    /** What came of the message before the message itself. */
    private void early(Tx tx, String channel, String externalId, long now) {
        for (Receipt receipt : tx.messages().takeReceipts(channel, externalId)) {
            Message message = tx.messages().byExternalId(channel, externalId).orElseThrow();
            news.receipt(tx, receipt.key(), receipt.key(), message, receipt, now);
        }
        news.known(tx, channel, externalId, now);
    }
}
