// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is in which room, and what they call themselves there; asked once and kept until it changes. For one thread. */
final class RoomMembers {
    private static final int ROOMS = 1000;
    private static final int NAMES = 2000;
    /** Of larger rooms only those are named who write. */
    private static final int NAMED_AT_ONCE = 50;

    private final ApiClient api;
    private final String me;
    private final Map<String, Room> rooms = bounded(ROOMS);
    private final Map<String, String> names = bounded(NAMES);

    RoomMembers(ApiClient api, String me) {
        this.api = api;
        this.me = me;
    }

    /**
     * A room.
     *
     * @param direct whether there is nobody but one other and ourselves
     * @param other that other, where they are there
     */
    record Room(boolean direct, @Nullable String other) {
        @Override
        public String toString() {
            return "Room[" + direct + "]";
        }
    }

    /** A bounded map from which the least used goes first. */
    static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    Room room(String id) throws TransportFailure {
        Room known = rooms.get(id);
        if (known == null) {
            known = ask(id);
            rooms.put(id, known);
        }
        return known;
    }

    private Room ask(String id) throws TransportFailure {
        Response answer = api.known(ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(id) + "/joined_members");
        JsonNode joined = answer.json().path("joined");
        List<String> others = new ArrayList<>();
        joined.fieldNames().forEachRemaining(user -> {
            if (!user.equals(me)) {
                others.add(user);
            }
        });
        if (others.size() <= NAMED_AT_ONCE) {
            others.forEach(user -> names.put(
                    key(id, user), joined.path(user).path("display_name").asText("")));
        }
        // an answer that is cut off is that of a crowd; a room that we are no longer in was left by its only other
        boolean crowd = others.size() > 1 || (answer.ok() && !joined.isObject());
        return new Room(!crowd, others.size() == 1 ? others.get(0) : null);
    }

    /** What somebody is called in a room; null for nothing. */
    @Nullable
    String name(String room, String user) throws TransportFailure {
        String known = names.get(key(room, user));
        if (known == null) {
            Response answer = api.known(ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(room) + "/state/m.room.member/"
                    + MatrixId.inPath(user));
            known = answer.ok() ? answer.json().path("displayname").asText("") : "";
            names.put(key(room, user), known);
        }
        return known.isBlank() ? null : known;
    }

    /** Something about the members of a room has changed, or may have. */
    void changed(String room) {
        rooms.remove(room);
    }

    /** Somebody came, went or is called otherwise. */
    void changed(String room, JsonNode member) {
        changed(room);
        String user = member.path("state_key").asText("");
        names.put(key(room, user), member.path("content").path("displayname").asText(""));
    }

    private static String key(String room, String user) {
        return room + " " + user;
    }
}
