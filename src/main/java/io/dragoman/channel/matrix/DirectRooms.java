// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms in which the account is alone with somebody, as its server keeps them ({@code m.direct}). The list is changed as
 * a whole, so one thread at a time does.
 */
record DirectRooms(ApiClient api) {
    private static final Object CHANGE = new Object();
    /** The last ones with a user are looked at. */
    private static final int MOST = 5;

    /** Where somebody is written to, or why nowhere: then nothing was sent. */
    record Place(@Nullable String room, @Nullable Outcome failure) {
        @Override
        public String toString() {
            return "Place[" + failure + "]";
        }
    }

    /** The room with a user; made where there is none. */
    Place with(String user) {
        try {
            String me = api.whoAmI();
            synchronized (CHANGE) {
                String room = find(me, user);
                return room == null ? create(me, user) : new Place(room, null);
            }
        } catch (TransportFailure e) {
            return new Place(null, Outcome.of(e.notSent()));
        }
    }

    private @Nullable String find(String me, String user) throws TransportFailure {
        JsonNode rooms = read(me).path(user);
        for (int i = rooms.size() - 1; i >= Math.max(0, rooms.size() - MOST); i--) {
            String room = rooms.path(i).asText("");
            if (MatrixId.isRoom(room) && isThere(room, user)) {
                return room;
            }
        }
        return null;
    }

    private boolean isThere(String room, String user) throws TransportFailure {
        Response answer = api.known(
                ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(room) + "/state/m.room.member/" + MatrixId.inPath(user));
        return answer.ok() && answer.json().path("membership").asText("").matches("join|invite");
    }

    /** The room stands in the list before anything is sent there, so that it is found when the message is repeated. */
    private Place create(String me, String user) throws TransportFailure {
        Response made = api.ask(api.post(
                ApiClient.CLIENT + "/createRoom",
                Map.of("invite", List.of(user), "is_direct", true, "preset", "private_chat")));
        if (!made.ok()) {
            return new Place(null, ErrorTable.refusal(made).repeatable());
        }
        String room = made.json().path("room_id").asText("");
        if (!MatrixId.isRoom(room)) {
            return new Place(null, new Outcome.Retry(Reason.PROVIDER_DOWN, "the homeserver made a room without an id"));
        }
        Outcome noted = add(me, user, room);
        return noted instanceof Outcome.Sent ? new Place(room, null) : new Place(null, noted);
    }

    /** Notes a room; noting it twice changes nothing. */
    Outcome add(String me, String user, String room) throws TransportFailure {
        synchronized (CHANGE) {
            ObjectNode all = read(me);
            ArrayNode rooms = all.path(user).isArray() ? (ArrayNode) all.path(user) : all.putArray(user);
            for (JsonNode one : rooms) {
                if (one.asText("").equals(room)) {
                    return new Outcome.Sent(null);
                }
            }
            rooms.add(room);
            return api.attempt(api.put(path(me), all));
        }
    }

    private ObjectNode read(String me) throws TransportFailure {
        Response answer = api.known(path(me));
        if (answer.ok() && !answer.json().isObject()) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the homeserver answered m.direct with no object");
        }
        return answer.ok() && answer.json() instanceof ObjectNode all
                ? all
                : Json.mapper().createObjectNode();
    }

    private static String path(String me) {
        return ApiClient.CLIENT + "/user/" + MatrixId.inPath(me) + "/account_data/m.direct";
    }
}
