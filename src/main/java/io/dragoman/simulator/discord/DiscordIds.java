// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.discord;

import io.dragoman.simulator.SimulatorIds;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Snowflakes: new ones that rise with time, and one for each name. Thread-safe. */
final class DiscordIds {
    private static final long EPOCH_2015 = 1_420_070_400_000L;

    private final SimulatorIds ids;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    DiscordIds(SimulatorIds ids) {
        this.ids = ids;
    }

    String next() {
        return Long.toString((ids.next() - EPOCH_2015) << 22);
    }

    /** A person's. */
    String person(String name) {
        return named("1", name);
    }

    /** Of the channel in which the bot and a person write to each other. */
    String direct(String name) {
        return named("2", name);
    }

    private String named(String kind, String name) {
        long hash =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
        String id = kind + String.format(java.util.Locale.ROOT, "%017d", (hash >>> 1) % 100_000_000_000_000_000L);
        names.put(id, name);
        return id;
    }

    /** Whose id it is, or whose direct channel; the id itself for nobody's. */
    String name(String id) {
        return names.getOrDefault(id, id);
    }

    /** Whether it is somebody's direct channel. */
    boolean isDirect(String id) {
        return id.startsWith("2") && names.containsKey(id);
    }

    /** Whether it is a channel at all, somebody's or the server's. */
    boolean isChannel(String id) {
        return isDirect(id) || id.equals(DiscordSimulator.CHANNEL) || id.equals(DiscordSimulator.THREAD);
    }

    boolean isPerson(String id) {
        return id.startsWith("1") && names.containsKey(id);
    }
}
