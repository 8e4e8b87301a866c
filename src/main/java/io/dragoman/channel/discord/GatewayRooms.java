// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which channels of servers are threads, and below which: as the session tells, or as Discord is asked. For one thread. */
final class GatewayRooms {
    private static final Set<Integer> THREADS = Set.of(10, 11, 12);
    /** Rooms remembered; a forgotten one is asked for again. */
    private static final int MOST = 2000;

    private final ApiClient api;
    private final Set<String> wanted;
    private final Map<String, Room> rooms = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Room> eldest) {
            return size() > MOST;
        }
    };

    GatewayRooms(ApiClient api) {
        this.api = api;
        this.wanted = DiscordSettings.channels(api.account());
    }

    /** @param parent the channel that a thread belongs to; empty for none */
    record Room(boolean thread, String parent) {}

    /** Learns what a session told of a channel or thread. */
    Room learn(JsonNode channel) {
        boolean thread = THREADS.contains(channel.path("type").asInt(-1));
        Room room = new Room(thread, thread ? channel.path("parent_id").asText("") : "");
        rooms.put(channel.path("id").asText(), room);
        return room;
    }

    /** @param type as the message says; missing where it does not */
    boolean isThread(String channel, JsonNode type) throws TransportFailure {
        return type.isInt() ? THREADS.contains(type.intValue()) : room(channel).thread();
    }

    /** Whether everything that is written there is taken. */
    boolean isWanted(String channel) throws TransportFailure {
        if (wanted.isEmpty() || wanted.contains("all") || wanted.contains(channel)) {
            return !wanted.isEmpty();
        }
        return wanted.contains(room(channel).parent());
    }

    private Room room(String channel) throws TransportFailure {
        Room known = rooms.get(channel);
        if (known != null) {
            return known;
        }
        Response answer = api.ask(api.get("/channels/" + channel));
        if (answer.ok() || answer.status() == 403 || answer.status() == 404) {
            Room room = learn(answer.json());
            rooms.put(channel, room);
            return room;
        }
        throw TransportFailure.notSent(
                answer.status() == 429 ? Reason.THROTTLED : Reason.PROVIDER_DOWN,
                "Discord answered " + answer.status() + " when it was asked for a channel");
    }
}
