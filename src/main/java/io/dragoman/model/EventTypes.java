// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The words for kinds of events, such as {@code message.received}. They stand in the JSON of events and in a column of
 * the store, so that a word that was ever used keeps its meaning.
 */
public final class EventTypes {
    private static final Map<Class<?>, String> WORDS = Arrays.stream(
                    Event.class.getAnnotation(JsonSubTypes.class).value())
            .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

    private EventTypes() {}

    public static String of(Event event) {
        return of(event.getClass());
    }

    public static String of(Class<? extends Event> type) {
        return Optional.ofNullable(WORDS.get(type))
                .orElseThrow(() -> new IllegalArgumentException("no event type is registered for " + type.getName()));
    }
}
