// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event from a desk. */
public sealed interface DeskEvent extends Event
        permits DeskEvent.InConversation, DeskEvent.ConversationStarted, Ignored {

    /**
     * Something that an agent did in a conversation that the desk was sent, which is named by exactly one of our id and
     * the desk's own reference.
     */
    sealed interface InConversation extends DeskEvent {
        /** Our id of the conversation; null when the desk names it by its own. */
        @Nullable
        String conversation();

        /** The desk's own id for the conversation; null when it names it by ours. */
        @Nullable
        String reference();

        @Override
        default String lane() {
            String id = conversation();
            return id == null ? "reference:" + reference() : id;
        }
    }

    /**
     * An agent answered in a conversation.
     *
     * @param cc who gets a copy; null leaves it to the conversation: all who take part in it
     */
    record AgentReplied(
            String key,
            Instant at,
            @Nullable String conversation,
            List<Part> parts,
            @Nullable String author,
            @Nullable String replyTo,
            @Nullable List<Participant> cc,
            @Nullable String reference)
            implements InConversation {
        /** In a conversation that our id names, to all who take part in it. */
        public AgentReplied(
                String key,
                Instant at,
                String conversation,
                List<Part> parts,
                @Nullable String author,
                @Nullable String replyTo) {
            this(key, at, conversation, parts, author, replyTo, null, null);
        }

        public AgentReplied {
            parts = List.copyOf(parts);
            cc = cc == null ? null : List.copyOf(cc);
            Require.oneName(conversation, reference);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a reply needs at least one part");
            }
        }

        @Override
        public String toString() {
            return "AgentReplied[" + key + "]";
        }
    }

    /**
     * An agent wrote to a customer first, which our own API alone can tell.
     *
     * @param customer at whose address, as if they had written
     * @param subject begins a thread of its own; null where the channel has none
     * @param author the agent's name
     * @param cc who gets a copy
     */
    record ConversationStarted(
            String key,
            Instant at,
            String channel,
            Sender customer,
            @Nullable String subject,
            List<Part> parts,
            @Nullable String author,
            List<Participant> cc)
            implements DeskEvent, Placed {
        public ConversationStarted {
            Require.notBlank(channel, "channel");
            parts = List.copyOf(parts);
            cc = List.copyOf(cc);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a message needs at least one part");
            }
        }

        @Override
        public String lane() {
            return channel + "/" + customer.address();
        }

        @Override
        public Threading threading() {
            return subject == null ? Threading.NONE : new Threading(null, null, List.of(), subject);
        }

        @Override
        public @Nullable String replyTo() {
            return null;
        }

        @Override
        public String toString() {
            return "ConversationStarted[" + key + "]";
        }
    }

    /** An agent closed a conversation. */
    record ConversationClosed(
            String key,
            Instant at,
            @Nullable String conversation,
            @Nullable String reference) implements InConversation {
        /** A conversation that our id names. */
        public ConversationClosed(String key, Instant at, String conversation) {
            this(key, at, conversation, null);
        }

        public ConversationClosed {
            Require.oneName(conversation, reference);
        }

        @Override
        public String toString() {
            return "ConversationClosed[" + key + "]";
        }
    }

    /** An agent opened a closed conversation again. */
    record ConversationReopened(
            String key,
            Instant at,
            @Nullable String conversation,
            @Nullable String reference) implements InConversation {
        public ConversationReopened {
            Require.oneName(conversation, reference);
        }

        @Override
        public String toString() {
            return "ConversationReopened[" + key + "]";
        }
    }

    /**
     * A bot gives a conversation to the desk after it.
     *
     * @param reason why, in its own words; null when it does not say
     */
    record ConversationHandedOver(
            String key,
            Instant at,
            @Nullable String conversation,
            @Nullable String reference,
            @Nullable String reason) implements InConversation {
        public ConversationHandedOver {
            Require.oneName(conversation, reference);
        }

        @Override
        public String toString() {
            return "ConversationHandedOver[" + key + "]";
        }
    }

    /**
     * The helpdesk knows a conversation by another id from now on, since tickets were merged or one was moved, or gave it
     * its first id later than in its answer; or its connector learnt something to keep.
     *
     * @param newReference the desk's own id for the conversation from now on; null leaves it as it is
     * @param kept texts by name that the desk's connector keeps of the conversation for itself: what is new or changed
     */
    record ReferenceChanged(
            String key,
            Instant at,
            @Nullable String conversation,
            @Nullable String reference,
            @Nullable String newReference,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, String> kept)
            implements InConversation {
        public ReferenceChanged {
            Require.oneName(conversation, reference);
            kept = Map.copyOf(kept);
            if (newReference != null) {
                Require.notBlank(newReference, "newReference");
            } else if (kept.isEmpty()) {
                throw new IllegalArgumentException("neither a new reference nor anything to keep");
            }
        }

        /** In order with what names it by its new reference: what names it by the former finds it before and after. */
        @Override
        public String lane() {
            return newReference == null ? InConversation.super.lane() : "reference:" + newReference;
        }

        @Override
        public String toString() {
            return "ReferenceChanged[" + key + "]";
        }
    }

    /**
     * An agent sorted a conversation. What is null stays as it is.
     *
     * @param assignee empty for nobody
     * @param team empty for none
     * @param tags all that it has from now on
     */
    record ConversationUpdated(
            String key,
            Instant at,
            @Nullable String conversation,
            @Nullable String reference,
            @Nullable String assignee,
            @Nullable String team,
            @Nullable List<String> tags,
            @Nullable Priority priority)
            implements InConversation {
        public ConversationUpdated {
            Require.oneName(conversation, reference);
            tags = tags == null ? null : List.copyOf(tags);
        }

        /** The conversation with what was changed. */
        public Conversation change(Conversation before, Instant now) {
            return before.change()
                    .assignee(assignee == null ? before.assignee() : emptyToNull(assignee))
                    .team(team == null ? before.team() : emptyToNull(team))
                    .onlyTags(tags == null ? before.tags() : tags)
                    .priority(priority == null ? before.priority() : priority)
                    .updatedAt(now)
                    .build();
        }

        private static @Nullable String emptyToNull(String text) {
            return text.isEmpty() ? null : text;
        }

        @Override
        public String toString() {
            return "ConversationUpdated[" + key + "]";
        }
    }

    /**
     * Somebody who works with the gateway's own list gave a conversation tags and took some: what others change at the
     * same time stays.
     */
    record ConversationTagged(String key, Instant at, String conversation, List<String> add, List<String> remove)
            implements InConversation {
        public ConversationTagged {
            Require.notBlank(conversation, "conversation");
            add = List.copyOf(add);
            remove = List.copyOf(remove);
        }

        @Override
        public @Nullable String reference() {
            return null;
        }

        /** The tags that a conversation has from now on. */
        public List<String> of(List<String> before) {
            Set<String> tags = new LinkedHashSet<>(before);
            tags.addAll(add);
            remove.forEach(tags::remove);
            return List.copyOf(tags);
        }

        @Override
        public String toString() {
            return "ConversationTagged[" + key + "]";
        }
    }

    /**
     * A note for those who work on a conversation, which its customer never gets.
     *
     * @param author who wrote it; null where nobody is named
     */
    record NoteWritten(
            String key,
            Instant at,
            String conversation,
            String text,
            @Nullable String author) implements InConversation {
        public NoteWritten {
            Require.notBlank(conversation, "conversation");
            Require.notBlank(text, "text");
        }

        @Override
        public @Nullable String reference() {
            return null;
        }

        @Override
        public String toString() {
            return "NoteWritten[" + key + "]";
        }
    }
}
