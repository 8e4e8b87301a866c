// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dragoman.model.Message;
import io.dragoman.store.ThreadView.Reaction;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Map;

/**
 * A message as it stands in its thread.
 *
 * @param reactions what the customer reacted to it with last; empty for nothing
 */
public record ThreadMessage(
        @JsonUnwrapped Message message,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Reaction> reactions) {

    /** Messages with what belongs to each. */
    static List<ThreadMessage> of(Tx tx, List<Message> messages) {
        Map<String, Reaction> reactions =
                tx.threadView().reactions(messages.stream().map(Message::id).toList());
        return messages.stream()
                .map(message -> {
                    Reaction reaction = reactions.get(message.id());
                    return new ThreadMessage(message, reaction == null ? List.of() : List.of(reaction));
                })
                .toList();
    }

    @Override
    public String toString() {
        return "ThreadMessage[" + message + "]";
    }
}
