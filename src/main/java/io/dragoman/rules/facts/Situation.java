// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.facts;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a decision may look at: the same situation always gives the same decision.
 *
 * @param event the message; of what is no message the customer's last one
 * @param conversation as it was before this message
 * @param first whether this is the conversation's first message
 * @param tally how much was answered automatically of late
 * @param now when the message was received, or what happened did
 * @param trigger what happened
 * @param unreachable why nothing automatic may be sent to the customer now; null when it may
 */
public record Situation(
        CustomerEvent.MessageReceived event,
        Conversation conversation,
        Contact contact,
        boolean first,
        Tally tally,
        Instant now,
        Trigger trigger,
        @Nullable String unreachable) {

    /** A customer wrote. */
    public Situation(
            CustomerEvent.MessageReceived event,
            Conversation conversation,
            Contact contact,
            boolean first,
            Tally tally,
            Instant now) {
        this(event, conversation, contact, first, tally, now, Trigger.MESSAGE, null);
    }

    /** What happens after it, to the same conversation. */
    public Situation after(Trigger trigger) {
        return new Situation(
                event, conversation, contact, false, tally, now.plus(trigger.after()), trigger, unreachable);
    }

    /** Whether everybody can read the conversation: a comment below a post. */
    public boolean isPublic() {
        return conversation.isPublic();
    }

    /**
     * What the loop guard looks at.
     *
     * @param contact automatic replies to this contact in the last 24 hours, on this channel
     * @param conversation automatic replies in this conversation in the last 24 hours
     * @param gateway automatic replies of the whole gateway in the last minute
     * @param own why the sender is ourselves (one of our own addresses); null for anybody else
     * @param sinceReply how long ago the last of those to this contact was decided; null for none
     * @param repeated whether the contact wrote the same text before, within those 24 hours, in whatever conversation
     * @param people why the conversation is people's, so that no answer of the FAQ stands in their way; null where it is not
     * @param consents what the customer said last on the channel, by purpose
     * @param asked when the contact was last asked which poll
     * @param guess the language that earlier words of the customer's in the conversation were of, where nothing tells it
     */
    public record Tally(
            int contact,
            int conversation,
            int gateway,
            @Nullable String own,
            @Nullable Duration sinceReply,
            boolean repeated,
            @Nullable String people,
            Map<Purpose, Boolean> consents,
            Map<String, Instant> asked,
            @Nullable String guess) {
        /** Nothing was answered yet. */
        public static final Tally NONE = new Tally(0, 0, 0, null);

        public Tally {
            consents = Map.copyOf(consents);
            asked = Map.copyOf(asked);
        }

        /** Of a customer whose language nobody had to guess. */
        public Tally(
                int contact,
                int conversation,
                int gateway,
                @Nullable String own,
                @Nullable Duration sinceReply,
                boolean repeated,
                @Nullable String people,
                Map<Purpose, Boolean> consents,
                Map<String, Instant> asked) {
            this(contact, conversation, gateway, own, sinceReply, repeated, people, consents, asked, null);
        }

        /** Of a sender about whom nothing else is remembered. */
        public Tally(int contact, int conversation, int gateway, @Nullable String own) {
            this(contact, conversation, gateway, own, null, false);
        }

        /** Of a conversation that is not people's. */
        public Tally(
                int contact,
                int conversation,
                int gateway,
                @Nullable String own,
                @Nullable Duration sinceReply,
                boolean repeated) {
            this(contact, conversation, gateway, own, sinceReply, repeated, null);
        }

        /** Of a customer who said nothing about being written to and was never asked a poll. */
        public Tally(
                int contact,
                int conversation,
                int gateway,
                @Nullable String own,
                @Nullable Duration sinceReply,
                boolean repeated,
                @Nullable String people) {
            this(contact, conversation, gateway, own, sinceReply, repeated, people, Map.of(), Map.of());
        }

        /** The same of a customer who said so. */
        public Tally with(Map<Purpose, Boolean> said) {
            return new Tally(contact, conversation, gateway, own, sinceReply, repeated, people, said, asked, guess);
        }

        /** The same of a customer who was asked these polls. */
        public Tally asked(Map<String, Instant> polls) {
            return new Tally(contact, conversation, gateway, own, sinceReply, repeated, people, consents, polls, guess);
        }

        /** The same of a customer whose earlier words were of this language. */
        public Tally guessing(@Nullable String language) {
            return new Tally(
                    contact, conversation, gateway, own, sinceReply, repeated, people, consents, asked, language);
        }
    }
}
