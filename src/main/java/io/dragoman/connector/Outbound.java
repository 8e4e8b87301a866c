// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import io.dragoman.model.Participants;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing to be done outside. {@code key} is the same for every attempt. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outbound.ToCustomer.class, name = "message"),
    @JsonSubTypes.Type(value = Outbound.ReadReceipt.class, name = "seen"),
    @JsonSubTypes.Type(value = Outbound.ToDesk.class, name = "notice"),
})
public sealed interface Outbound {

    /** The delivery's idempotency key. */
    String key();

    /**
     * Send a message, or one step of a long one, to a customer. The parts fit the channel's {@link Limits}.
     *
     * @param message our id of the message
     * @param conversation our id of the conversation
     * @param address the conversation's address, in the channel's own form
     * @param replyTo the channel's id of the message that it answers
     * @param subject of the conversation, for a channel that has subjects
     * @param references the channel's ids of the conversation's messages, oldest first, for a channel with threads
     * @param author the agent's name; null for none
     * @param automatic whether a rule wrote it, so that no machine may answer
     * @param alsoTo to whom it goes beside the customer, for a channel that can
     * @param cc who gets a copy, likewise
     */
    @RecordBuilder
    record ToCustomer(
            String key,
            String message,
            String conversation,
            String address,
            List<Part> parts,
            @Nullable String replyTo,
            @Nullable String subject,
            List<String> references,
            @Nullable String author,
            boolean automatic,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Participant> alsoTo,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Participant> cc)
            implements Outbound {
        public ToCustomer {
            parts = List.copyOf(parts);
            references = List.copyOf(references);
            Participants others = new Participants(List.of(), alsoTo, cc);
            alsoTo = others.to();
            cc = others.cc();
        }

        /** To the customer alone. */
        public ToCustomer(
                String key,
                String message,
                String conversation,
                String address,
                List<Part> parts,
                @Nullable String replyTo,
                @Nullable String subject,
                List<String> references,
                @Nullable String author,
                boolean automatic) {
            this(
                    key,
                    message,
                    conversation,
                    address,
                    parts,
                    replyTo,
                    subject,
                    references,
                    author,
                    automatic,
                    List.of(),
                    List.of());
        }

        /**
         * Brings a message of ours to the customer of a conversation.
         *
         * @param replyTo the channel's id of the message that it answers
         * @param references the channel's ids of the conversation's messages, oldest first
         */
        public static ToCustomer of(
                Message message, Conversation conversation, @Nullable String replyTo, List<String> references) {
            Message.Author author = message.author();
            return new ToCustomer(
                    message.id(),
                    message.id(),
                    conversation.id(),
                    conversation.address(),
                    message.parts(),
                    replyTo,
                    conversation.subject(),
                    references,
                    author.kind() == Message.Author.Kind.AGENT ? author.name() : null,
                    author.kind() == Message.Author.Kind.RULE || author.kind() == Message.Author.Kind.BOT,
                    message.to(),
                    message.cc());
        }

        /** The same message to others beside the customer. */
        public ToCustomer to(List<Participant> others, List<Participant> copies) {
            return OutboundToCustomerBuilder.builder(this)
                    .alsoTo(others)
                    .cc(copies)
                    .build();
        }

        /** The same message to so many beside the customer at most. */
        public ToCustomer copies(int most) {
            if (alsoTo.size() + cc.size() <= most) {
                return this;
            }
            int first = Math.min(most, alsoTo.size());
            return to(alsoTo.subList(0, first), cc.subList(0, Math.min(most - first, cc.size())));
        }

        /** The same message as an answer to another, by the channel's id of it. */
        public ToCustomer answering(String externalId) {
            return OutboundToCustomerBuilder.builder(this).replyTo(externalId).build();
        }

        /** One step of it, with a key of its own; only the first answers another message. */
        public ToCustomer step(String stepKey, List<Part> stepParts, boolean first) {
            return OutboundToCustomerBuilder.builder(this)
                    .key(stepKey)
                    .parts(stepParts)
                    .replyTo(first ? replyTo : null)
                    .build();
        }

        @Override
        public String toString() {
            return "ToCustomer[" + message + "]";
        }
    }

    /** Send a read receipt to the customer's channel. */
    record ReadReceipt(String key, String address, String externalId) implements Outbound {
        @Override
        public String toString() {
            return "ReadReceipt[…]";
        }
    }

    /**
     * Send a notice to a desk.
     *
     * @param kept what the desk's connector keeps of the conversation for itself, by {@link Outcome.Sent#kept}: nobody
     *     else is shown it, and it is not part of the notice that is stored
     */
    record ToDesk(
            String key,
            DeskNotice notice,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, String> kept)
            implements Outbound {
        public ToDesk {
            kept = Map.copyOf(kept);
        }

        /** Of a conversation of which nothing is kept. */
        public ToDesk(String key, DeskNotice notice) {
            this(key, notice, Map.of());
        }

        @Override
        public String toString() {
            return "ToDesk[" + notice.type() + "]";
        }
    }
}
