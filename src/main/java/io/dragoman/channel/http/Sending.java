// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.model.Part;
import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.CallTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a provider is sent to. Immutable.
 *
 * @param calls by the type of part, such as {@code text}
 * @param otherHosts the settings with the addresses that are tried in turn when a message surely did not get through
 * @param idempotent whether the provider recognises our key
 */
record Sending(Map<String, CallTemplate> calls, AnswerReader answer, List<String> otherHosts, boolean idempotent) {
    Sending {
        calls = Map.copyOf(calls);
        otherHosts = List.copyOf(otherHosts);
    }

    /** The types of parts that a profile may have a request for, by the words of our JSON. */
    static final List<String> TYPES = List.of("text", "media", "location", "choices", "template");

    /** The request for a part, where there is one. */
    Optional<CallTemplate> call(Part part) {
        return Optional.ofNullable(calls.get(part.type()));
    }
}
