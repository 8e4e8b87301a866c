// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.model.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Until when the customer may be answered: a channel's window opens with each of their own messages alone. */
record ReplyWindows(ConnectorRegistry registry) {
    /** After the customer wrote; null when the channel has no window. */
    @Nullable
    Instant opened(Conversation conversation, Instant at) {
        return length(conversation).map(at::plus).orElse(null);
    }

    /** After somebody else wrote: a conversation that begins so has a closed window. */
    @Nullable
    Instant unchanged(Conversation conversation, Instant at) {
        Instant before = conversation.replyUntil();
        return before == null && length(conversation).isPresent() ? at : before;
    }

    /**
     * Where a first message goes: to the conversation's address, or to the one that the agent named where that alone can
     * be written to at any time.
     */
    Conversation towards(Conversation conversation, String address) {
        Conversation there =
                conversation.change().address(address).replyUntil(null).build();
        return length(conversation).isPresent() && length(there).isEmpty() ? there : conversation;
    }

    private Optional<Duration> length(Conversation conversation) {
        return registry.find(conversation.channel()).map(configured -> configured
                .channel()
                .limits(configured.account(), conversation.address())
                .replyWindow());
    }
}
