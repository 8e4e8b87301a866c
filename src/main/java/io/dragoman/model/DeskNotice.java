// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a desk is sent: one thing that happened, with everything needed to show it. */
public record DeskNotice(Type type, Instant timestamp, Data data) {

    /** The same for another desk, which knows the conversation by its own reference or not yet. */
    public DeskNotice at(String desk, @Nullable String reference) {
        Conversation there =
                data.conversation.change().desk(desk).deskReference(reference).build();
        return new DeskNotice(
                type, timestamp, new Data(there, data.contact, data.message, data.reaction, data.detail, data.notes));
    }

    /** The kinds of news. */
    public enum Type {
        MESSAGE_RECEIVED("message.received"),
        MESSAGE_SENT("message.sent"),
        MESSAGE_EDITED("message.edited"),
        MESSAGE_DELETED("message.deleted"),
        MESSAGE_REACTION("message.reaction"),
        DELIVERY_UPDATED("delivery.updated"),
        CONVERSATION_UPDATED("conversation.updated");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** The name on the wire. */
        @com.fasterxml.jackson.annotation.JsonValue
        public String word() {
            return word;
        }
    }

    /**
     * The content.
     *
     * @param message the message in question; null for news of the conversation itself
     * @param reaction the emoji, for a reaction; empty when it was removed
     * @param detail more about a failure, a loss or a rating, for the agent
     * @param notes notes for the agent, from rules
     * @param history the messages before this one, the oldest first, for a desk that gets a conversation from another:
     *     the latest of them, and empty in all other news
     */
    public record Data(
            Conversation conversation,
            Contact contact,
            @Nullable Message message,
            @Nullable String reaction,
            @Nullable String detail,
            List<String> notes,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Message> history) {
        public Data {
            notes = List.copyOf(notes);
            history = List.copyOf(history);
        }

        /** Of a conversation that the desk knows. */
        public Data(
                Conversation conversation,
                Contact contact,
                @Nullable Message message,
                @Nullable String reaction,
                @Nullable String detail,
                List<String> notes) {
            this(conversation, contact, message, reaction, detail, notes, List.of());
        }

        /** The same with the messages before. */
        public Data after(List<Message> messages) {
            return new Data(conversation, contact, message, reaction, detail, notes, messages);
        }

        @Override
        public String toString() {
            return "Data[" + conversation + "]";
        }
    }
}
