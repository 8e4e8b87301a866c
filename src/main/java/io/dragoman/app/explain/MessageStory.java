// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.explain;

import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.ticket.DeskTicket;
import io.dragoman.connector.Request;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.rules.Decision;
import io.dragoman.store.Approvals;
import io.dragoman.store.Attempts;
import io.dragoman.store.BotHandOvers.BotHandOver;
import io.dragoman.store.ContactMerges;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import io.dragoman.store.MediaRows;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one message or event.
 *
 * @param id as it was asked for
 * @param event what arrived; for an automatic reply what caused it
 * @param message the message, where the event became one
 * @param ticket what the conversation is at its desk
 * @param merges of the contact with others
 * @param handedOver the last time that a bot handed the conversation over since it was opened
 * @param placed how the conversation was found
 * @param decision what the rules said of the event, each with its reasons
 * @param replies the automatic replies that it caused; the suppressed ones stand in the decision
 * @param answers what the conversation was answered after a message of the customer's, but the replies; at most 20
 * @param held the answers that wait for approval because of it, or did
 * @param deliveries of the message, or what an event without one caused, each with its attempts
 * @param receipts what the channel reported about the message
 */
public record MessageStory(
        String id,
        Arrival event,
        @Nullable Message message,
        @Nullable Conversation conversation,
        @Nullable DeskTicket ticket,
        @Nullable Contact contact,
        List<ContactMerges.Merge> merges,
        @Nullable BotHandOver handedOver,
        @Nullable String placed,
        @Nullable Decision decision,
        List<Message> replies,
        List<Answer> answers,
        List<Held> held,
        List<Attachment> media,
        List<Delivery> deliveries,
        List<Receipt> receipts) {
    public MessageStory {
        merges = List.copyOf(merges);
        replies = List.copyOf(replies);
        answers = List.copyOf(answers);
        held = List.copyOf(held);
        media = List.copyOf(media);
        deliveries = List.copyOf(deliveries);
        receipts = List.copyOf(receipts);
    }

    @Override
    public String toString() {
        return "Story[" + id + "]";
    }

    /** A later message to the customer, by whomever, without what it says. */
    public record Answer(
            String id,
            Message.Author author,
            Instant sentAt,
            @Nullable Status status) {
        static Answer of(Message one) {
            return new Answer(one.id(), one.author(), one.sentAt(), one.status());
        }
    }

    /**
     * An answer that waits for approval, or was decided on.
     *
     * @param decidedBy who decided; null while it waits, and where its time ended
     */
    public record Held(
            String id,
            Message.Author author,
            Approvals.State state,
            Instant askedAt,
            Instant expiresAt,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy) {
        static Held of(Approvals.Approval one) {
            return new Held(
                    one.id(),
                    one.author(),
                    one.state(),
                    one.askedAt(),
                    one.expiresAt(),
                    one.decidedAt(),
                    one.decidedBy());
        }
    }

    /**
     * How an event came in and what became of it.
     *
     * @param key what makes a second copy recognisable
     * @param says what a desk said of a ticket of its own, or which timer fired; null for all else
     * @param saysPhrase the same for other languages; so with {@code authenticPhrase}
     * @param authentic how it was authenticated
     * @param duplicates copies that came later and changed nothing
     * @param differing how many of them had another body
     * @param attempts at processing it
     * @param reason why it ended as it did
     */
    @RecordBuilder
    public record Arrival(
            String id,
            String source,
            String type,
            String key,
            Instant receivedAt,
            @Nullable Raw raw,
            @Nullable String says,
            @Nullable Phrase saysPhrase,
            String authentic,
            Phrase authenticPhrase,
            int duplicates,
            int differing,
            Events.State state,
            @Nullable String reason,
            int attempts,
            @Nullable Instant doneAt) {}

    /**
     * The stored bytes.
     *
     * @param size null when they stand in a file of their own that is not at hand
     * @param headers the names of the stored headers; their values may be secrets
     */
    public record Raw(
            String id,
            Request.Origin origin,
            String method,
            String path,
            List<String> headers,
            @Nullable Long size,
            String sha256,
            boolean inFile) {
        public Raw {
            headers = List.copyOf(headers);
        }
    }

    /** A picture or file, without the way it was fetched. */
    public record Attachment(
            String id,
            MediaRows.State state,
            String kind,
            @Nullable String mimeType,
            @Nullable String fileName,
            @Nullable Long size,
            @Nullable String sha256,
            @Nullable Reason reason) {}

    /**
     * Something done outside, without its payload.
     *
     * @param copy true where a desk gets it that gets copies alone; null else
     */
    @RecordBuilder
    public record Delivery(
            String id,
            Deliveries.Kind kind,
            String target,
            String event,
            @Nullable String message,
            String conversation,
            boolean automatic,
            Deliveries.State state,
            int step,
            int steps,
            @Nullable Reason reason,
            @Nullable String detail,
            Instant createdAt,
            @Nullable Instant nextAt,
            @Nullable Instant doneAt,
            int attempted,
            @Nullable List<Attempts.Attempt> attempts,
            @Nullable Boolean copy) {
        /** The same for an archive. */
        Delivery copied() {
            return MessageStoryDeliveryBuilder.builder(this).copy(true).build();
        }

        /**
         * Shows a stored delivery.
         *
         * @param attempts null leaves them out
         */
        public static Delivery of(Deliveries.Stored d, @Nullable List<Attempts.Attempt> attempts) {
            return MessageStoryDeliveryBuilder.builder()
                    .id(d.id())
                    .kind(d.kind())
                    .target(d.target())
                    .event(d.event())
                    .message(d.message())
                    .conversation(d.conversation())
                    .automatic(d.automatic())
                    .state(d.state())
                    .step(d.step())
                    .steps(d.steps())
                    .reason(d.reason())
                    .detail(d.detail())
                    .createdAt(d.createdAt())
                    .nextAt(d.doneAt() == null ? d.nextAt() : null)
                    .doneAt(d.doneAt())
                    .attempted(d.attempts())
                    .attempts(attempts)
                    .build();
        }
    }

    /**
     * News of a message of ours from its channel.
     *
     * @param recipient whose copy it is about, where the channel says
     */
    public record Receipt(
            String event,
            Instant at,
            Status status,
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable String recipient) {}
}
