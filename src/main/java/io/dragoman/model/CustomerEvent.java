// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event from a channel: something that a customer did, or the delivery status of a message to them. */
public sealed interface CustomerEvent extends Event
        permits CustomerEvent.WrittenMessage,
                CustomerEvent.MessageEdited,
                CustomerEvent.MessageDeleted,
                CustomerEvent.Reaction,
                CustomerEvent.Receipt,
                CustomerEvent.ReceivedUntil,
                CustomerEvent.ConsentChanged,
                CustomerEvent.ChatMoved,
                MessagePiece,
                ChatEnded,
                TranscriptRequested,
                SurveyAnswered,
                PollAnswered,
                OrderChanged,
                CustomerForgotten,
                CustomerEvent.IdentitiesLinked,
                AccountNotice,
                Ignored {
    /** A message that takes its place in a conversation, whichever of the two wrote it. */
    sealed interface WrittenMessage extends CustomerEvent, Placed {}

    /**
     * A customer wrote.
     *
     * @param sender who wrote, from where, and where an answer goes
     * @param externalId the channel's id of the message, unique within the channel
     * @param replyTo the channel's id of the message that this one answers
     * @param threading how a channel with threads (mail) finds the conversation; empty for messengers
     * @param automatic why a machine wrote this, so that no machine answers; null for a person
     * @param forwarded whose words the customer passed on; empty when the channel does not tell, null for their own
     * @param participants whom it names beside the sender and ourselves; null for nobody
     */
    record MessageReceived(
            String key,
            Instant at,
            Sender sender,
            String externalId,
            List<Part> parts,
            @Nullable String replyTo,
            Threading threading,
            @Nullable String automatic,
            @Nullable Consent consent,
            @Nullable String forwarded,
            @Nullable Participants participants)
            implements WrittenMessage {
        @Override
        public String toString() {
            return "MessageReceived[" + key + "]";
        }

        public MessageReceived {
            parts = List.copyOf(parts);
            Require.notBlank(key, "key");
            Require.notBlank(externalId, "externalId");
            Require.notEmpty(parts, "a message needs at least one part");
        }

        /** A message between the customer and us alone. */
        public MessageReceived(
                String key,
                Instant at,
                Sender sender,
                String externalId,
                List<Part> parts,
                @Nullable String replyTo,
                Threading threading,
                @Nullable String automatic,
                @Nullable Consent consent,
                @Nullable String forwarded) {
            this(key, at, sender, externalId, parts, replyTo, threading, automatic, consent, forwarded, null);
        }

        /** The same message with other parts. */
        public MessageReceived with(List<Part> parts) {
            return new MessageReceived(
                    key,
                    at,
                    sender,
                    externalId,
                    parts,
                    replyTo,
                    threading,
                    automatic,
                    consent,
                    forwarded,
                    participants);
        }

        /** What a person wrote on a messenger. */
        public static MessageReceived of(
                String key, Instant at, Sender sender, String externalId, List<Part> parts, @Nullable String replyTo) {
            return new MessageReceived(key, at, sender, externalId, parts, replyTo, Threading.NONE, null, null, null);
        }

        @Override
        public Sender customer() {
            return sender;
        }

        @Override
        public String lane() {
            return sender.address();
        }
    }

    /**
     * The business itself wrote to a customer outside of us: on its phone, or in the provider's own inbox.
     *
     * @param customer whom it wrote to, as if they had written; where the channel does not tell, nobody who is verified
     * @param externalId the channel's id of the message, unique within the channel
     * @param threading how a channel with threads finds the conversation; empty for messengers
     * @param replyTo the channel's id of the message that this one answers
     */
    record MessageEchoed(
            String key,
            Instant at,
            Sender customer,
            String externalId,
            List<Part> parts,
            Threading threading,
            @Nullable String replyTo)
            implements WrittenMessage {
        @Override
        public String toString() {
            return "MessageEchoed[" + key + "]";
        }

        public MessageEchoed {
            parts = List.copyOf(parts);
            Require.notBlank(key, "key");
            Require.notBlank(externalId, "externalId");
            Require.notEmpty(parts, "a message needs at least one part");
        }

        @Override
        public String lane() {
            return customer.address();
        }
    }

    /** A customer changed a message that they sent earlier; {@code parts} is its whole new content. */
    record MessageEdited(String key, String lane, Instant at, String externalId, List<Part> parts)
            implements CustomerEvent {
        @Override
        public String toString() {
            return "MessageEdited[" + key + "]";
        }

        public MessageEdited {
            parts = List.copyOf(parts);
        }
    }

    /** A customer deleted a message. */
    record MessageDeleted(String key, String lane, Instant at, String externalId) implements CustomerEvent {
        @Override
        public String toString() {
            return "MessageDeleted[" + key + "]";
        }
    }

    /** A customer reacted to a message; an empty {@code emoji} takes the reaction back. */
    record Reaction(String key, String lane, Instant at, String externalId, String emoji) implements CustomerEvent {
        @Override
        public String toString() {
            return "Reaction[" + key + "]";
        }
    }

    /**
     * What became of a message that we sent. Receipts come in any order, early, late and more than once.
     *
     * @param recipient whose copy it is about, where a message can go to several; null for the customer's
     */
    record Receipt(
            String key,
            String lane,
            Instant at,
            String externalId,
            Status status,
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable String recipient)
            implements CustomerEvent {
        /** About a message to the customer alone. */
        public Receipt(
                String key,
                String lane,
                Instant at,
                String externalId,
                Status status,
                @Nullable Reason reason,
                @Nullable String detail) {
            this(key, lane, at, externalId, status, reason, detail, null);
        }

        @Override
        public String toString() {
            return "Receipt[" + key + "]";
        }
    }

    /**
     * Everything that we sent to a customer until a time got so far, where a channel tells no ids.
     *
     * @param identities what the customer is known by, the surest first; never empty
     * @param until when the last such message was sent, by the provider's clock
     */
    record ReceivedUntil(String key, String lane, Instant at, List<Identity> identities, Status status, Instant until)
            implements CustomerEvent {
        public ReceivedUntil {
            identities = List.copyOf(identities);
        }

        @Override
        public String toString() {
            return "ReceivedUntil[" + key + "]";
        }
    }

    /**
     * A customer said outside of a message whether we may write to them: they blocked us, or took that back.
     *
     * @param identities what this person is known by, the surest first; never empty. Notification tokens alone are about
     *     messages by these tokens, anything else is about the channel
     */
    record ConsentChanged(String key, String lane, Instant at, List<Identity> identities, Consent consent)
            implements CustomerEvent {
        public ConsentChanged {
            identities = List.copyOf(identities);
        }

        @Override
        public String toString() {
            return "ConsentChanged[" + key + "]";
        }
    }

    /**
     * A chat goes on under another address. In the lane of the new one, before what is written there.
     *
     * @param former the address that it had
     * @param address the address that it has now
     */
    record ChatMoved(String key, Instant at, String former, String address) implements CustomerEvent {
        public ChatMoved {
            Require.notBlank(former, "former");
            Require.notBlank(address, "address");
        }

        @Override
        public String lane() {
            return address;
        }

        @Override
        public String toString() {
            return "ChatMoved[" + key + "]";
        }
    }

    /**
     * The channel vouches that all are one person's. In the lane of where they write from now on, before all that.
     *
     * @param identities two at least
     */
    record IdentitiesLinked(String key, String lane, Instant at, List<Identity> identities) implements CustomerEvent {
        public IdentitiesLinked {
            identities = List.copyOf(identities);
        }

        @Override
        public String toString() {
            return "IdentitiesLinked[" + key + "]";
        }
    }

    /**
     * Who wrote.
     *
     * @param address where an answer goes, in the channel's own form: a chat id, a phone number, a mail address
     * @param identities what this person is known by, the surest first; never empty
     * @param name as the person calls themselves
     * @param language a BCP 47 tag, where the channel tells
     * @param country where they wrote from, in two capital letters, where the channel tells
     */
    record Sender(
            String address,
            List<Identity> identities,
            @Nullable String name,
            @Nullable String language,
            @Nullable String country) {
        /** Of a channel that tells no country. */
        public Sender(String address, List<Identity> identities, @Nullable String name, @Nullable String language) {
            this(address, identities, name, language, null);
        }

        public Sender {
            Require.notBlank(address, "address");
            identities = List.copyOf(identities);
            Require.notEmpty(identities, "a sender needs at least one identity");
        }

        @Override
        public String toString() {
            return "Sender[…]";
        }
    }

    /**
     * How a message finds its conversation where the channel has threads.
     *
     * @param key of a conversation that exists beside others with the same contact: a group chat's id; null for none
     * @param conversation our conversation's id, proved by a token that only we can make
     * @param references channel ids of earlier messages, the closest first
     * @param subject the mail's subject
     */
    record Threading(
            @Nullable String key,
            @Nullable String conversation,
            List<String> references,
            @Nullable String subject) {
        /** For a channel with one open conversation per contact. */
        public static final Threading NONE = new Threading(null, null, List.of(), null);

        public Threading {
            references = List.copyOf(references);
        }

        @Override
        public String toString() {
            return "Threading[" + references.size() + " references]";
        }
    }

    /** A customer's word on whether we may write to them. */
    enum Consent {
        OPTED_OUT,
        OPTED_IN
    }
}
