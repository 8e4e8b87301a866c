// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ProviderTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a payload it stands what an event is about. What is null is not there.
 *
 * @param when whether it is such an event at all; null for always
 * @param id of the event, or of what the agent wrote
 * @param reference the helpdesk's id of the conversation
 * @param conversation our id of it
 */
record Place(
        @Nullable Expression when,
        @Nullable Expression id,
        @Nullable Expression reference,
        @Nullable Expression conversation,
        @Nullable Expression at) {

    /** An event's key, time, and the conversation by one of two names. */
    record Named(
            String key,
            Instant at,
            @Nullable String conversation,
            @Nullable String reference) {
        @Override
        public String toString() {
            return "Named[…]";
        }
    }

    boolean matches(Element element) throws MalformedPayload {
        return element.matches(when);
    }

    /** Of an answer, whose key is the helpdesk's id of it: by it what we wrote ourselves is recognised. */
    Named answer(Element element) throws MalformedPayload {
        if (id == null) {
            throw new IllegalStateException("a reply without an id; reading the profile must refuse it");
        }
        return named(element, element.need(id));
    }

    /**
     * Of a change. Without an id the same content is the same event, within the same minute of receipt where it has no
     * time.
     */
    Named change(Element element, String type) throws MalformedPayload {
        Optional<String> given = element.find(id);
        String time = element.find(at)
                .orElse(element.receivedAt().truncatedTo(ChronoUnit.MINUTES).toString());
        Object value = element.value();
        String content = value == null ? "" : Json.write(value);
        return named(element, type + ":" + given.orElseGet(() -> Hashes.sha256Hex(time + "\n" + content)));
    }

    private Named named(Element element, String key) throws MalformedPayload {
        String ours = element.find(conversation).orElse(null);
        String theirs = ours == null ? element.find(reference).orElse(null) : null;
        if (ours == null && theirs == null) {
            throw new MalformedPayload("it names no conversation, neither by reference: nor by conversation:");
        }
        return new Named(key, ProviderTime.read(element.find(at).orElse(null), element.receivedAt()), ours, theirs);
    }
}
