// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event from a desk: something that an agent did in a conversation that the desk was sent. */
public sealed interface DeskEvent extends Event permits DeskEvent.AgentReplied, DeskEvent.ConversationClosed, Ignored {

    /**
     * An agent answered in a conversation.
     *
     * @param conversation our id of it
     * @param cc who gets a copy; null leaves it to the conversation: all who take part in it
     */
    record AgentReplied(
            String key,
            Instant at,
            String conversation,
            List<Part> parts,
            @Nullable String author,
            @Nullable String replyTo,
            @Nullable List<Participant> cc)
            implements DeskEvent {
        /** To all who take part in the conversation. */
        public AgentReplied(
                String key,
                Instant at,
                String conversation,
                List<Part> parts,
                @Nullable String author,
                @Nullable String replyTo) {
            this(key, at, conversation, parts, author, replyTo, null);
        }

        @Override
        public String lane() {
            return conversation;
        }

        @Override
        public String toString() {
            return "AgentReplied[" + key + "]";
        }

        public AgentReplied {
            parts = List.copyOf(parts);
            cc = cc == null ? null : List.copyOf(cc);
            Require.notBlank(conversation, "conversation");
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a reply needs at least one part");
            }
        }
    }

    /**
     * An agent closed a conversation.
     *
     * @param conversation our id of it
     */
    record ConversationClosed(String key, Instant at, String conversation) implements DeskEvent {
        @Override
        public String lane() {
            return conversation;
        }

        @Override
        public String toString() {
            return "ConversationClosed[" + key + "]";
        }
    }
}
