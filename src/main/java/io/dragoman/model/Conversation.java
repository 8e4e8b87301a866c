// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ordered thread of messages with one contact on one channel. What a desk is promised is there even when it is null.
 *
 * @param channel the configured channel's id
 * @param kind the channel's kind
 * @param contact the contact's id
 * @param address where an answer goes, in the channel's own form
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
        List<String> tags,
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
    }

    /** The same conversation, which nobody works on any more. */
    public Conversation closed(Instant at) {
        return new Conversation(
                id,
                channel,
                kind,
                contact,
                address,
                subject,
                State.CLOSED,
                team,
                tags,
                priority,
                language,
                desk,
                deskReference,
                replyUntil,
                createdAt,
                at,
                previous);
    }

    /** The same conversation under the desk's own id for it. */
    public Conversation referenced(String reference) {
        return new Conversation(
                id,
                channel,
                kind,
                contact,
                address,
                subject,
                status,
                team,
                tags,
                priority,
                language,
                desk,
                reference,
                replyUntil,
                createdAt,
                updatedAt,
                previous);
    }

    /** The same conversation with tags added to those it has. */
    public Conversation tagged(Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(tags);
        all.addAll(more);
        return new Conversation(
                id,
                channel,
                kind,
                contact,
                address,
                subject,
                status,
                team,
                List.copyOf(all),
                priority,
                language,
                desk,
                deskReference,
                replyUntil,
                createdAt,
                updatedAt,
                previous);
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
