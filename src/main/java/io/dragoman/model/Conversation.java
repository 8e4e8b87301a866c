// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An ordered thread of messages with one contact on one channel. What a desk is promised is there even when it is null.
 *
 * @param channel the configured channel's id
 * @param kind the channel's kind
 * @param contact the contact's id
 * @param address where an answer goes, in the channel's own form
 * @param assignee who of the team has it, in the desk's words
 * @param attributes what the business and its systems keep about it, by name, in the order of the names
 * @param desk the desk that has it; null when no desk is configured
 * @param deskReference the desk's own id for it
 * @param replyUntil when the channel stops taking free answers; null for never
 * @param previous the conversation that this one continues
 */
public record Conversation(
        String id,
        String channel,
        String kind,
        String contact,
        String address,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String subject,
        State status,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String team,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String assignee,
        List<String> tags,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, String> attributes,
        Priority priority,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String language,
        @Nullable String desk,
        @Nullable String deskReference,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant replyUntil,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String previous) {
    public Conversation {
        tags = List.copyOf(tags);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** Starts a change of it. */
    public ConversationBuilder change() {
        return new ConversationBuilder(this);
    }

    /** The same conversation, which nobody works on any more. */
    public Conversation closed(Instant at) {
        return change().status(State.CLOSED).updatedAt(at).build();
    }

    /** The same conversation under the desk's own id for it. */
    public Conversation referenced(String reference) {
        return change().deskReference(reference).build();
    }

    /** Whether everybody can read it: comments below a post have an address that says so. */
    public boolean isPublic() {
        return address.startsWith("public:");
    }

    /** Whether the channel takes no free answers any more. */
    public boolean isReplyClosed(Instant now) {
        return replyUntil != null && replyUntil.isBefore(now);
    }

    @Override
    public String toString() {
        return "Conversation[" + id + "]";
    }

    /** Whether anybody still works on it. */
    public enum State {
        OPEN,
        CLOSED
    }

    /** How urgent it is. */
    public enum Priority {
        LOW,
        NORMAL,
        HIGH,
        URGENT
    }
}
