// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.model.Message.Author;
import io.dragoman.model.Part;
import io.dragoman.store.Approvals.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that waits for approval, or that was decided on.
 *
 * @param id of the message that it becomes
 * @param author the rule, or the agent
 * @param question what the customer wrote; null where the answer names no message
 * @param text of the answer, in one line for each part
 * @param event what it follows, which explains it
 */
public record WaitingAnswer(
        String id,
        String conversation,
        String channel,
        Author author,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String question,
        String text,
        List<Part> parts,
        String event,
        Instant askedAt,
        Instant expiresAt,
        State state,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant decidedAt,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String decidedBy) {
    public WaitingAnswer {
        parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
        return "WaitingAnswer[" + id + ", " + state + "]";
    }
}
