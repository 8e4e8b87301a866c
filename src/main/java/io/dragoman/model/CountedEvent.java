// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a conversation, as a program that counts is told of it: nothing in it says who the customer is or
 * what was written.
 *
 * @param channel the configured channel's id
 * @param kind the channel's kind
 * @param details what more is known of it, by name: words of the product or of the configuration
 * @param score of a survey; null for anything else
 */
public record CountedEvent(
        Type type,
        Instant at,
        String channel,
        String kind,
        @Nullable String team,
        @Nullable String language,
        Map<String, String> details,
        @Nullable Integer score) {
    public CountedEvent {
        details = Map.copyOf(details);
    }

    /** The kinds of event. */
    public enum Type {
        CONVERSATION_OPENED("conversation.opened"),
        CONVERSATION_CLOSED("conversation.closed"),
        MESSAGE_RECEIVED("message.received"),
        MESSAGE_SENT("message.sent"),
        SURVEY_ANSWERED("survey.answered"),
        POLL_ANSWERED("poll.answered"),
        ORDER_CHANGED("order.changed");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** Its name in settings and in the store. */
        @JsonValue
        public String word() {
            return word;
        }

        /** All names. */
        public static List<String> words() {
            return Arrays.stream(values()).map(Type::word).toList();
        }

        /** The one of this name; empty for none. */
        public static Optional<Type> find(String word) {
            return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
        }
    }

    /** Of a conversation as it is now. */
    public static CountedEvent of(Type type, Instant at, Conversation conversation, Map<String, String> details) {
        return new CountedEvent(
                type,
                at,
                conversation.channel(),
                conversation.kind(),
                conversation.team(),
                conversation.language(),
                details,
                null);
    }

    /** The same with a score. */
    public CountedEvent scored(int given) {
        return new CountedEvent(type, at, channel, kind, team, language, details, given);
    }
}
