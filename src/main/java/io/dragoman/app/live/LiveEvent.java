// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.live;

import io.dragoman.model.Conversation;
import io.dragoman.model.Json;
import io.dragoman.model.Words;
import io.dragoman.store.Conversations.Versioned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param event its name
 * @param place where who goes on later goes on; null where that does not change
 * @param data as JSON
 */
public record LiveEvent(String event, @Nullable Long place, String data) {

    /** A conversation as it is now. */
    private record Changed(String id, long version, Instant updatedAt, String channel, String status) {}

    private record Health(String id, String state) {}

    static LiveEvent conversation(Versioned found) {
        Conversation one = found.conversation();
        return new LiveEvent(
                "conversation",
                null,
                Json.write(new Changed(
                        one.id(), found.version(), one.updatedAt(), one.channel(), Words.of(one.status()))));
    }

    static LiveEvent figures(LiveFigures figures) {
        return new LiveEvent("figures", null, Json.write(figures));
    }

    static LiveEvent health(String id, String state) {
        return new LiveEvent("health", null, Json.write(new Health(id, state)));
    }

    /** What was missed is too much, or gone: who gets it looks at everything anew. */
    static LiveEvent reset(long place) {
        return new LiveEvent("reset", place, "{}");
    }

    LiveEvent at(long place) {
        return new LiveEvent(event, place, data);
    }

    @Override
    public String toString() {
        return "LiveEvent[" + event + "]";
    }
}
