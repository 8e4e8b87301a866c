// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import org.jspecify.annotations.Nullable;

/**
 * An agent is typing, or is not any more. It is over in seconds, so it is passed on at once and never stored.
 *
 * @param conversation our id of the conversation; null when the desk names it by its own
 * @param reference the desk's own id for it; null when it names it by ours
 * @param author the agent's name; null for none
 */
public record AgentTyping(
        @Nullable String conversation,
        @Nullable String reference,
        boolean typing,
        @Nullable String author) {
    @Override
    public String toString() {
        return "AgentTyping[" + typing + "]";
    }
}
