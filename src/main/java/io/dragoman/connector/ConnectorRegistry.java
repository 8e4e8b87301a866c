// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configured channels and desks with the code for each. Immutable.
 *
 * @param desk where conversations go unless a rule says otherwise; null when there is no desk
 * @param reopenWithin how long after closing a message reopens the conversation
 * @param mediaWait how long a forward waits for media
 */
public record ConnectorRegistry(
        Map<String, ConfiguredAccount> channels,
        Map<String, ConfiguredAccount> desks,
        @Nullable String desk,
        Duration reopenWithin,
        Duration mediaWait) {
    public ConnectorRegistry {
        channels = Map.copyOf(channels);
        desks = Map.copyOf(desks);
    }

    /** A channel or desk by its id. */
    public Optional<ConfiguredAccount> find(String id) {
        return Optional.ofNullable(channels.getOrDefault(id, desks.get(id)));
    }

    /** Channels and desks. */
    public Stream<ConfiguredAccount> all() {
        return Stream.concat(channels.values().stream(), desks.values().stream());
    }
}
