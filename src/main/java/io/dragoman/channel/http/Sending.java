// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.model.Part;
import java.util.Map;
import java.util.Optional;

/**
 * How a provider is sent to. Immutable.
 *
 * @param calls by the type of part, such as {@code text}
 * @param idempotent whether the provider recognises our key
 */
record Sending(Map<String, CallTemplate> calls, AnswerReader answer, boolean idempotent) {
    Sending {
        calls = Map.copyOf(calls);
    }

    /** The request for a type of part, where there is one. */
    Optional<CallTemplate> call(Class<? extends Part> type) {
        String word = type == Part.Text.class ? "text" : type == Part.Media.class ? "media" : "template";
        return Optional.ofNullable(calls.get(word));
    }
}
