// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param id ours; the id of the event that brought it
 * @param conversation the conversation's id
 * @param sequence its place in the conversation, from 1 without gaps
 * @param replyTo our id of the message that it answers
 * @param status how far a message of ours got; null for one that we received
 * @param reason why a message of ours failed
 * @param forwarded whose words the customer passed on; empty when the channel does not tell, null for their own
 * @param from who wrote it beside its author, or gets the answers too
 * @param to to whom it goes beside the customer and us
 * @param cc who gets a copy
 */
@RecordBuilder
public record Message(
        String id,
        String conversation,
        long sequence,
        Direction direction,
        Author author,
        Instant sentAt,
        Instant receivedAt,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String replyTo,
        List<Part> parts,
        @Nullable Status status,
        @Nullable Reason reason,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        @Nullable String forwarded,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Participant> from,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Participant> to,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Participant> cc) {
    public Message {
        parts = List.copyOf(parts);
        from = Participants.orNone(from);
        to = Participants.orNone(to);
        cc = Participants.orNone(cc);
    }

    /** A customer's message, as it came. */
    public static Message received(
            String id, Place place, Author author, Instant sentAt, Instant receivedAt, List<Part> parts) {
        return begin(id, place, Direction.IN, null, author, sentAt, receivedAt, parts);
    }

    /** A message of ours that is about to be sent. */
    public static Message queued(
            String id, Place place, Author author, Instant sentAt, Instant receivedAt, List<Part> parts) {
        return begin(id, place, Direction.OUT, Status.QUEUED, author, sentAt, receivedAt, parts);
    }

    /** A message that the business itself wrote outside of us, and that is sent already. */
    public static Message echoed(String id, Place place, Instant sentAt, Instant receivedAt, List<Part> parts) {
        Author author = new Author(Author.Kind.PHONE, null);
        return begin(id, place, Direction.OUT, Status.SENT, author, sentAt, receivedAt, parts);
    }

    /** What somebody noted for those who work on the conversation: its customer never gets it. */
    public static Message note(
            String id, Place place, Author author, Instant at, Instant receivedAt, List<Part> parts) {
        return begin(id, place, Direction.NOTE, null, author, at, receivedAt, parts);
    }

    private static Message begin(
            String id,
            Place place,
            Direction direction,
            @Nullable Status status,
            Author author,
            Instant sentAt,
            Instant receivedAt,
            List<Part> parts) {
        return MessageBuilder.builder()
                .id(id)
                .conversation(place.conversation())
                .sequence(place.sequence())
                .direction(direction)
                .author(author)
                .sentAt(sentAt)
                .receivedAt(receivedAt)
                .replyTo(place.replyTo())
                .parts(parts)
                .status(status)
                .build();
    }

    /** The same message with those whom it names. */
    public Message with(Participants participants) {
        return MessageBuilder.builder(this)
                .from(participants.from())
                .to(participants.to())
                .cc(participants.cc())
                .build();
    }

    /** Whom it names beside its author, the customer and us. */
    public Participants participants() {
        return new Participants(from, to, cc);
    }

    /** The same message with other parts. */
    public Message with(List<Part> parts) {
        return MessageBuilder.builder(this).parts(parts).build();
    }

    @Override
    public String toString() {
        return "Message[" + id + "]";
    }

    /**
     * Where a message stands.
     *
     * @param sequence its place in the conversation, from 1 without gaps
     * @param replyTo our id of the message that it answers
     */
    public record Place(
            String conversation, long sequence, @Nullable String replyTo) {}

    /** Which way it went: from the customer in, or to the customer out; a note goes to neither. */
    public enum Direction {
        IN,
        OUT,
        NOTE
    }

    /**
     * Who wrote it.
     *
     * @param address of a person who is not the conversation's customer; null for everybody else
     */
    public record Author(
            Kind kind, @Nullable String name, @Nullable String address) {
        public Author(Kind kind, @Nullable String name) {
            this(kind, name, null);
        }

        @Override
        public String toString() {
            return "Author[" + kind + "]";
        }

        /** What kind of author. */
        public enum Kind {
            CONTACT,
            AGENT,
            RULE,
            /** A desk that is a bot. */
            BOT,
            /** The business itself, outside of us: on its phone, or in the provider's own inbox. */
            PHONE
        }
    }
}
