// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent.ReferenceChanged;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.store.ConversationDesks;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes that a desk knows conversations by another reference of its own. A reference never comes to be that of two
 * customers: where tickets of two were merged, the one that was merged into the other gets a ticket of its own again.
 */
public final class CommitReference {
    private static final Logger LOG = LoggerFactory.getLogger(CommitReference.class);

    private static final String OF_TWO_CUSTOMERS =
            "A ticket of another customer was merged into this one. That customer's"
                    + " conversation goes on in a new ticket: answer them there. What is written here reaches the customer of this"
                    + " ticket alone, and nobody until the new ticket is there.";

    private final ConnectorRegistry registry;
    private final Outgoing outgoing;

    public CommitReference(ConnectorRegistry registry, Outgoing outgoing) {
        this.registry = registry;
        this.outgoing = outgoing;
    }

    Ended apply(Tx tx, JourneyContext context, ReferenceChanged event, long now) {
        String desk = context.stored().source();
        if (event.kept().isEmpty() && Objects.equals(event.reference(), event.newReference())) {
            return Ended.DONE; // a merge as the ticket tells it that took the other in
        }
        Optional<Versioned> found = NamedConversation.everAssigned(tx, desk, event);
        if (found.isEmpty()) {
            String unknown = "there is no conversation of this desk with the id that the event names";
            return UnknownTicket.ended(registry, tx, context.stored(), event, unknown, now);
        }
        String named = event.reference();
        List<Conversation> meant = named == null
                ? List.of(found.get().conversation())
                : tx.conversationDesks().byReference(desk, named).stream()
                        .map(Versioned::conversation)
                        .toList();
        meant.forEach(conversation -> keep(tx, desk, conversation, event));
        String reference = event.newReference();
        if (reference == null) {
            return Ended.DONE;
        }
        Optional<Conversation> other =
                ofAnother(tx, desk, reference, meant.get(0).contact());
        for (Conversation conversation : meant) {
            if (other.isPresent()) {
                part(tx, context, conversation, reference, now);
            } else {
                change(tx, desk, conversation, named, reference, now);
            }
        }
        other.ifPresent(theirs -> tell(tx, context, theirs, now));
        return Ended.DONE;
    }

    private static void keep(Tx tx, String desk, Conversation conversation, ReferenceChanged event) {
        if (!tx.conversationDesks().keep(conversation.id(), desk, event.kept())) {
            LOG.warn(
                    "journey: what {} keeps of conversation {} would have more than {} characters; it stays as it was",
                    desk,
                    conversation.id(),
                    ConversationDesks.LONGEST_KEPT);
        }
    }

    private static Optional<Conversation> ofAnother(Tx tx, String desk, String reference, String contact) {
        return tx.conversationDesks().byReference(desk, reference).stream()
                .map(Versioned::conversation)
                .filter(one -> !one.contact().equals(contact))
                .findFirst();
    }

    /** One that has gone on in another ticket meanwhile stays there, and is found by the new reference too. */
    private static void change(
            Tx tx, String desk, Conversation conversation, @Nullable String named, String reference, long now) {
        String id = conversation.id();
        String present = tx.conversationDesks().find(id, desk).reference();
        if (reference.equals(present)) {
            return;
        }
        if (present == null || named == null || named.equals(present)) {
            tx.conversationDesks().change(id, desk, reference, now);
        } else {
            tx.conversationDesks().findBy(id, desk, reference, now);
        }
    }

    /** It gets a ticket of its own at once. Until that is there, nobody can say whom an answer in the merged one is for. */
    private void part(Tx tx, JourneyContext context, Conversation conversation, String reference, long now) {
        String desk = context.stored().source();
        tx.conversationDesks().findBy(conversation.id(), desk, reference, now);
        if (!Objects.equals(conversation.desk(), desk)) {
            return; // it is answered elsewhere
        }
        tx.conversationDesks().forget(conversation.id(), desk, now);
        LOG.warn(
                "conversation {}: {} merged its ticket into that of another customer; it goes on in a new one",
                conversation.id(),
                desk);
        Optional<Message> last = tx.messages().headings(conversation.id(), 1).stream()
                .findFirst()
                .flatMap(heading -> tx.messages().find(heading.id()));
        if (last.isPresent()) {
            DeskNotice.Type type = last.get().direction() == Message.Direction.IN
                    ? DeskNotice.Type.MESSAGE_RECEIVED
                    : DeskNotice.Type.MESSAGE_SENT;
            Conversation parted = conversation.change().deskReference(null).build();
            notice(tx, context, type, parted, last.get(), null, now);
        }
    }

    private void tell(Tx tx, JourneyContext context, Conversation theirs, long now) {
        if (Objects.equals(theirs.desk(), context.stored().source())) {
            notice(tx, context, DeskNotice.Type.CONVERSATION_UPDATED, theirs, null, OF_TWO_CUSTOMERS, now);
        }
    }

    private void notice(
            Tx tx,
            JourneyContext context,
            DeskNotice.Type type,
            Conversation conversation,
            @Nullable Message message,
            @Nullable String detail,
            long now) {
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        String event = context.stored().id();
        DeskNotice notice = Outgoing.notice(type, now, conversation, contact, message, null, detail);
        outgoing.notice(tx, context.stored().source(), event, event + ":" + conversation.id(), notice, now);
    }
}
