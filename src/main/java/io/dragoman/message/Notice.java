// SPDX-License-Identifier: Apache-2.0
package io.dragoman.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a desk is told: one thing that happened, with everything needed to show it. */
public record Notice(Type type, Instant timestamp, Data data) {

    /** The kinds of news. */
    public enum Type {
        MESSAGE_RECEIVED("message.received"),
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
     * @param reaction the emoji, for a reaction; empty when it was taken back
     */
    public record Data(
            Conversation conversation,
            Contact contact,
            @Nullable Message message,
            @Nullable String reaction,
            @Nullable String detail) {}
}
