// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The channels and desks that are configured now. Its content is replaced whole, at any time: who asks several things
 * for one operation takes {@link #now()} once. Thread-safe.
 */
public final class ConnectorRegistry {
    private final Map<String, String> kinds = new ConcurrentHashMap<>();
    private volatile ConfiguredAccounts now;

    public ConnectorRegistry(ConfiguredAccounts first) {
        now = first;
        remember(first);
    }

    /** What is configured at this moment. */
    public ConfiguredAccounts now() {
        return now;
    }

    /** Activates another configuration; operations under way end with what they began with. */
    public void replace(ConfiguredAccounts next) {
        remember(next);
        now = next;
    }

    private void remember(ConfiguredAccounts accounts) {
        accounts.all().map(ConfiguredAccount::account).forEach(account -> kinds.put(account.id(), account.kind()));
    }

    /** A channel or desk by its id. */
    public Optional<ConfiguredAccount> find(String id) {
        return now.find(id);
    }

    /** Channels and desks. */
    public Stream<ConfiguredAccount> all() {
        return now.all();
    }

    /** The kind of a channel or desk, also of one that was removed since the start: its events may still be on the way. */
    public Optional<String> kind(String id) {
        return Optional.ofNullable(kinds.get(id));
    }
}
